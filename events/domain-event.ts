import type { ActorErased } from './actors.js';
import type { StoredEvent } from './envelope.js';
import type { MilestoneRecorded } from './milestones.js';
import type { PeriodDefined, PeriodPublished } from './periods.js';
import type { PublicationFiguresRecorded } from './publications.js';
import { upcast, type EventTypeName } from './registry.js';
import type { ReportPublished } from './reports.js';
import type { ScaleDefined, ScaleRevised } from './scales.js';
import type { StatusCorrected, StatusStated, StatusWithdrawn } from './statuses.js';
import type {
  OrganisationRegistered,
  ProjectRegistered,
  ProjectSummarised,
  RegionRegistered,
  SubjectNamed,
  SubjectRetired,
} from './subjects.js';

/** The data of each event type in its current schema version. */
export interface EventData {
  ScaleDefined: ScaleDefined;
  ScaleRevised: ScaleRevised;
  OrganisationRegistered: OrganisationRegistered;
  OrganisationNamed: SubjectNamed;
  RegionRegistered: RegionRegistered;
  RegionNamed: SubjectNamed;
  RegionRetired: SubjectRetired;
  ProjectRegistered: ProjectRegistered;
  ProjectNamed: SubjectNamed;
  ProjectRetired: SubjectRetired;
  ProjectSummarised: ProjectSummarised;
  StatusStated: StatusStated;
  StatusCorrected: StatusCorrected;
  StatusWithdrawn: StatusWithdrawn;
  PeriodDefined: PeriodDefined;
  PeriodPublished: PeriodPublished;
  ReportPublished: ReportPublished;
  MilestoneRecorded: MilestoneRecorded;
  PublicationFiguresRecorded: PublicationFiguresRecorded;
  ActorErased: ActorErased;
}

/** What an event says, wherever it stands: `switch` on the type narrows the data. */
export type Happening = { [T in EventTypeName]: { readonly type: T; readonly data: EventData[T] } }[EventTypeName];

/** A stored event that this program understands, its data in the current schema version. */
export type DomainEvent = Omit<StoredEvent, 'type' | 'data'> & Happening;

/** @throws {InvalidEventError} when type, version or data are not known to this program. */
export function decode(stored: StoredEvent): DomainEvent {
  // upcast() validates: what it returns has the form that the type calls for.
  return { ...stored, data: upcast(stored.type, stored.schemaVersion, stored.data) } as DomainEvent;
}

/** The same for an event that has no place in a log yet. @throws {InvalidEventError} */
export function understand(event: { type: string; schemaVersion: number; data: unknown }): Happening {
  return { type: event.type, data: upcast(event.type, event.schemaVersion, event.data) } as Happening;
}
