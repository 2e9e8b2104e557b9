import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { ActorErased } from './actors.js';
import { InvalidEventError } from './errors/event-errors.js';
import { isCivilDate, isInstant, isPartialDate, isUuidV7, isWebAddress } from './formats.js';
import { MilestoneRecorded, milestoneV1toV2, MilestoneRecordedV1 } from './milestones.js';
import { PeriodDefined, PeriodPublished } from './periods.js';
import { PublicationFiguresRecorded } from './publications.js';
import { ReportPublished } from './reports.js';
import { ScaleDefined, ScaleRevised } from './scales.js';
import { StatusCorrected, StatusStated, StatusWithdrawn } from './statuses.js';
import {
  OrganisationRegistered,
  ProjectRegistered,
  ProjectSummarised,
  RegionRegistered,
  SubjectNamed,
  SubjectRetired,
} from './subjects.js';
import type { Upcaster } from './upcaster.js';

/** The schemas of one event type, oldest version first, and the steps between them: `upcasters[0]` leads from 1 to 2. */
interface EventType {
  readonly schemas: readonly TSchema[];
  readonly upcasters: readonly Upcaster<never, unknown>[];
}

const only = (schema: TSchema): EventType => ({ schemas: [schema], upcasters: [] });

/** Every type of event that can happen, with every version that ever was. Versions are added, never changed or removed. */
export const eventTypes = {
  ScaleDefined: only(ScaleDefined),
  ScaleRevised: only(ScaleRevised),
  OrganisationRegistered: only(OrganisationRegistered),
  OrganisationNamed: only(SubjectNamed),
  RegionRegistered: only(RegionRegistered),
  RegionNamed: only(SubjectNamed),
  RegionRetired: only(SubjectRetired),
  ProjectRegistered: only(ProjectRegistered),
  ProjectNamed: only(SubjectNamed),
  ProjectRetired: only(SubjectRetired),
  ProjectSummarised: only(ProjectSummarised),
  StatusStated: only(StatusStated),
  StatusCorrected: only(StatusCorrected),
  StatusWithdrawn: only(StatusWithdrawn),
  PeriodDefined: only(PeriodDefined),
  PeriodPublished: only(PeriodPublished),
  ReportPublished: only(ReportPublished),
  MilestoneRecorded: { schemas: [MilestoneRecordedV1, MilestoneRecorded], upcasters: [milestoneV1toV2] },
  PublicationFiguresRecorded: only(PublicationFiguresRecorded),
  ActorErased: only(ActorErased),
} satisfies Record<string, EventType>;

export type EventTypeName = keyof typeof eventTypes;

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  formats: {
    'civil-date': isCivilDate,
    'partial-date': isPartialDate,
    instant: isInstant,
    'uuid-v7': isUuidV7,
    'web-address': isWebAddress,
  },
});

const isKnownType = (type: string): type is EventTypeName => Object.hasOwn(eventTypes, type);

const validators = new Map<string, ValidateFunction>(
  Object.entries(eventTypes).flatMap(([type, { schemas }]) =>
    schemas.map((schema, index) => [`${type}/${index + 1}`, ajv.compile(schema)] as const),
  ),
);

/** The schema version that is written today. */
export const currentVersion = (type: EventTypeName): number => eventTypes[type].schemas.length;

const describe = (errors: readonly ErrorObject[]): string =>
  errors
    .slice(0, 5)
    .map(
      (error) =>
        `${error.instancePath === '' ? 'data' : `data${error.instancePath.replaceAll('/', '.')}`} ${error.message ?? 'is invalid'}${'additionalProperty' in error.params ? ` ('${String(error.params['additionalProperty'])}')` : ''}`,
    )
    .join('; ');

const fieldOf = (error: ErrorObject | undefined): string[] => error?.instancePath.split('/').slice(1) ?? [];

/** @throws {InvalidEventError} when the data is not what the type and version call for. */
export function validateEvent(type: string, schemaVersion: number, data: unknown): void {
  if (!isKnownType(type)) throw new InvalidEventError(`Unknown event type '${type}'.`);
  const validate = validators.get(`${type}/${schemaVersion}`);
  if (!validate) {
    throw new InvalidEventError(`${type} has versions 1 to ${currentVersion(type)}, not ${schemaVersion}.`);
  }
  if (validate(data)) return;
  const errors = validate.errors ?? [];
  throw new InvalidEventError(`${type} version ${schemaVersion}: ${describe(errors)}.`, fieldOf(errors[0]));
}

/** The data of a stored event in today's schema version. @throws {InvalidEventError} */
export function upcast(type: string, schemaVersion: number, data: unknown): unknown {
  validateEvent(type, schemaVersion, data);
  const steps: readonly Upcaster<never, unknown>[] = eventTypes[type as EventTypeName].upcasters;
  return steps.slice(schemaVersion - 1).reduce<unknown>((current, step) => step(current as never), data);
}
