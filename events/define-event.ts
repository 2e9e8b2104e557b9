import type { Static, TSchema } from 'typebox';
import type { HomeStream } from './home-stream.js';
import type { StatementDefinition } from './statement-change.js';
import type { Upcaster } from './upcaster.js';

/** The schemas of one event type, oldest version first. Versions are added, never changed or removed. */
type Versions = readonly [TSchema, ...TSchema[]];

/** The data of the last version. */
type CurrentData<V extends Versions> = V extends readonly [...TSchema[], infer Last extends TSchema]
  ? Static<Last>
  : never;

/** One step for each two neighbouring versions. */
type Upcasters<V extends readonly TSchema[]> = V extends readonly [
  infer From extends TSchema,
  infer To extends TSchema,
  ...infer Later extends TSchema[],
]
  ? readonly [Upcaster<Static<From>, Static<To>>, ...Upcasters<readonly [To, ...Later]>]
  : readonly [];

/** One type of event: everything about it that is not a decision or a read model. `Data` is what its current version holds. */
export interface EventDefinition<Type extends string, Data> {
  readonly type: Type;
  /** What an event of this type says, in one sentence for the documentation. */
  readonly meaning: string;
  readonly versions: readonly TSchema[];
  /** Data of a known version as data of the current one. It trusts that the data has the form of its version. */
  readonly upcast: (schemaVersion: number, data: unknown) => Data;
  readonly home: HomeStream<Data>;
  /** How it changes statements; null where it is about something else. */
  readonly statement: StatementDefinition<Data> | null;
}

interface Definition<V extends Versions> {
  readonly meaning: string;
  readonly versions: V;
  readonly home: HomeStream<NoInfer<CurrentData<V>>>;
  readonly statement?: StatementDefinition<NoInfer<CurrentData<V>>>;
}

/** Required as soon as there is a version to lead on from. */
type Steps<V extends Versions> = V extends readonly [TSchema]
  ? { readonly upcasters?: readonly [] }
  : { readonly upcasters: Upcasters<V> };

/**
 * Defines a type of event.
 *
 * @example
 * export const MilestoneRecorded = defineEvent('MilestoneRecorded', {
 *   meaning: 'Something happened on a date.',
 *   versions: [MilestoneV1, Milestone],
 *   upcasters: [(v1) => ({ ...v1, precision: impliedPrecision(v1.on) })],
 *   home: subjectStreams('REGION', 'PROJECT'),
 * });
 */
export function defineEvent<const Type extends string, const V extends Versions>(
  type: Type,
  { meaning, versions, home, statement, upcasters = [] }: Definition<V> & Steps<V>,
): EventDefinition<Type, CurrentData<V>> {
  // Each step takes what the step before it returns, as the type of `upcasters` sees to; a loop over them cannot know that.
  const steps = upcasters as readonly Upcaster<unknown, unknown>[];
  return {
    type,
    meaning,
    versions,
    upcast: (schemaVersion, data) =>
      steps.slice(schemaVersion - 1).reduce((earlier, step) => step(earlier), data) as CurrentData<V>,
    home,
    statement: statement ?? null,
  };
}
