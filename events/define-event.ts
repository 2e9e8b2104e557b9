import type { TSchema } from 'typebox';
import type { HomeStream } from './home-stream.js';
import type { SchemaVersions } from './schema-versions.js';
import type { StatementDefinition } from './statement-change.js';

/** One type of event: everything about it that is not a decision or a read model. `Data` is what its current version holds. */
export interface EventDefinition<Type extends string, Data> {
  readonly type: Type;
  /** What an event of this type says, in one sentence for the documentation. */
  readonly meaning: string;
  /** The schemas of its versions, oldest first. */
  readonly versions: readonly TSchema[];
  /** Data of a known version as data of the current one. It trusts that the data has the form of its version. */
  readonly upcast: (schemaVersion: number, data: unknown) => Data;
  readonly home: HomeStream<Data>;
  /** How it changes statements; null where it is about something else. */
  readonly statement: StatementDefinition<Data> | null;
}

/**
 * Defines a type of event.
 *
 * @example
 * export const MilestoneRecorded = defineEvent('MilestoneRecorded', {
 *   meaning: 'Something happened on a date.',
 *   versions: nextVersion(firstVersion(MilestoneV1), Milestone, (v1) => ({ ...v1, precision: impliedPrecision(v1.on) })),
 *   home: subjectStreams('REGION', 'PROJECT'),
 * });
 */
export const defineEvent = <const Type extends string, Data>(
  type: Type,
  {
    meaning,
    versions: { schemas, upcast },
    home,
    statement,
  }: {
    readonly meaning: string;
    readonly versions: SchemaVersions<Data>;
    readonly home: HomeStream<NoInfer<Data>>;
    readonly statement?: StatementDefinition<NoInfer<Data>>;
  },
): EventDefinition<Type, Data> => ({ type, meaning, versions: schemas, upcast, home, statement: statement ?? null });
