import { type DomainEvent, decode } from '../../../events/domain-event.js';
import type { StoredEvent } from '../../../events/envelope.js';
import { causeOfFailure } from '../../../events/malformed-event.js';
import { readModels } from '../../../projections/read-models.js';
import type { ReadTables } from '../../../projections/read-database.js';
import type { Fold } from '../../../projections/read-model.js';
import { refreshStatistics } from '../database/statistics.js';
import { newWriter } from '../database/writer.js';
import { toProjectionFailure } from './projection-failure.js';
import type { RegistryTransaction } from '../database/versions.js';

/** The folds of all read models, as one. */
export interface Folds {
  readonly all: readonly Fold<ReadTables>[];
  forget(): void;
}

export function newFolds(): Folds {
  const all = readModels.map((model) => model.newFold());
  return {
    all,
    forget() {
      for (const fold of all) fold.forget();
    },
  };
}

/** Writes what the events mean and moves the projected position, all within the given transaction. */
export async function projectEvents(
  transaction: RegistryTransaction,
  version: number,
  folds: Folds,
  events: readonly StoredEvent[],
): Promise<void> {
  const last = events.at(-1);
  if (!last) return;
  try {
    const decoded: DomainEvent[] = events.map(decode);
    const writer = newWriter(transaction, version);
    for (const fold of folds.all) await fold.apply(decoded, writer);
  } catch (error) {
    throw toProjectionFailure(causeOfFailure(error, events));
  }
  await transaction
    .updateTable('read_model_version')
    .set({ position: last.position, event_id: last.id, failed_position: null, failure: null })
    .where('version', '=', version)
    .execute();
  await refreshStatistics(transaction, version, last.position - events.length, last.position);
}
