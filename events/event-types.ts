import { ActorErased } from './actors.js';
import type { EventDefinition } from './define-event.js';
import { MilestoneRecorded } from './milestones.js';
import { PeriodDefined, PeriodPublished } from './periods.js';
import { PublicationFiguresRecorded } from './publications.js';
import { ReportPublished } from './reports.js';
import { ScaleDefined, ScaleRevised } from './scales.js';
import { StatusCorrected, StatusStated, StatusWithdrawn } from './statuses.js';
import {
  OrganisationNamed,
  OrganisationRegistered,
  ProjectNamed,
  ProjectRegistered,
  ProjectRetired,
  ProjectSummarised,
  RegionNamed,
  RegionRegistered,
  RegionRetired,
} from './subjects.js';

/** Every type of event that can happen. Types are added, never renamed or removed: logs hold their events for ever. */
const eventTypes = {
  ScaleDefined,
  ScaleRevised,
  OrganisationRegistered,
  OrganisationNamed,
  RegionRegistered,
  RegionNamed,
  RegionRetired,
  ProjectRegistered,
  ProjectNamed,
  ProjectRetired,
  ProjectSummarised,
  StatusStated,
  StatusCorrected,
  StatusWithdrawn,
  PeriodDefined,
  PeriodPublished,
  ReportPublished,
  MilestoneRecorded,
  PublicationFiguresRecorded,
  ActorErased,
};

export type EventTypeName = keyof typeof eventTypes;

type DataOf<Definition> = Definition extends EventDefinition<string, infer Data> ? Data : never;

/** The data of each event type in its current schema version. */
export type EventData = { readonly [T in EventTypeName]: DataOf<(typeof eventTypes)[T]> };

/** The definitions by the name of their type, which the compiler holds against the name that each was defined with. */
export const eventDefinitions: { readonly [T in EventTypeName]: EventDefinition<T, EventData[T]> } = eventTypes;

export const isEventTypeName = (type: string): type is EventTypeName => Object.hasOwn(eventDefinitions, type);

/** The names of all types, in the order of the list above. */
export const eventTypeNames: readonly EventTypeName[] = Object.keys(eventDefinitions).filter(isEventTypeName);

/** The schema version that is written today. */
export const currentVersion = (type: EventTypeName): number => eventDefinitions[type].versions.length;
