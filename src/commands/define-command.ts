import type { EventTypeName } from '../../events/event-types.js';
import type { Evidence } from '../../events/primitives.js';
import type { Proposal } from './proposed-event.js';
import type { Refusal } from './refusal.js';
import type { WriteModel } from './write-model/write-model.js';

/** The least role that may ask for something to be recorded; src/authority says what each role includes. */
export type CommandRole = 'recorder' | 'publisher' | 'administrator';

/** Why something is recorded, and where it can be checked. */
export interface Grounds {
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
}

/** Everything about one kind of command but the rules of the events that it records. */
export interface CommandDefinition<C extends { readonly kind: string }, T extends EventTypeName = EventTypeName> {
  readonly kind: C['kind'];
  readonly role: CommandRole;
  /** The types of the events that it can come to. */
  readonly records: readonly T[];
  /** The streams that the command is decided by: the one that it writes to comes first. */
  readonly streams: (command: C) => readonly string[];
  /** Whether it is about which region is above which: the streams of the regions above those named are then read too. */
  readonly concernsParents: (command: C) => boolean;
  /** The events that it asks for, in order, or why there can be none. The rules have yet to accept them. */
  readonly decide: (command: C, model: WriteModel) => readonly Proposal<T>[] | Refusal;
  /**
   * What the digest of a request covers of the command. Digests stand in logs: the same request must have the same digest
   * for ever, so a kind or field that is renamed goes on under its first name here.
   */
  readonly digestContent: (command: C) => object;
}

type WithDefault = 'concernsParents' | 'digestContent';

/**
 * Defines a kind of command. The type of the command is taken from the parameter of `streams`.
 *
 * @example
 * export const recordMilestone = defineCommand({
 *   kind: 'RECORD_MILESTONE',
 *   role: 'recorder',
 *   records: ['MilestoneRecorded'],
 *   streams: ({ stream }: RecordMilestone) => [stream],
 *   decide: ({ stream, on, text }) => [propose('MilestoneRecorded', stream, { on, text })],
 * });
 */
export const defineCommand = <C extends { readonly kind: string }, const T extends EventTypeName>(
  definition: { readonly records: readonly T[] } & Omit<CommandDefinition<C, NoInfer<T>>, WithDefault> &
    Partial<Pick<CommandDefinition<C>, WithDefault>>,
): CommandDefinition<C, T> => ({
  concernsParents: () => false,
  digestContent: (command) => command,
  ...definition,
});
