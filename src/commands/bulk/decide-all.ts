import { setImmediate as nextTurn } from 'node:timers/promises';
import { type DomainEvent, decode } from '../../../events/domain-event.js';
import type { EventStore } from '../../event-store/port.js';
import { readHistory, type History } from '../execution/history.js';
import { recordStatus } from '../record-status.js';
import { batchesOf } from './batches.js';
import { contradicts, decideRows, heldOn } from './decide-rows.js';
import type { RowDecision, StatementRow } from './row.js';

export interface DecideOptions {
  readonly changesOnly: boolean;
  /** Leave out every row of a line of which another row is refused, and decide the rest without it. */
  readonly wholeLines: boolean;
  /** Lines of which something was refused already, before it could become a row. */
  readonly refusedLines: ReadonlySet<number>;
  /** Decide as if the log ended before this position; null: as it is. */
  readonly before: number | null;
  /** Called with the number of rows that have been decided. */
  readonly onProgress?: (decided: number) => void;
}

export interface Decided {
  /** By place in the list of rows. */
  readonly decisions: readonly RowDecision[];
  /** Places in the list, in the order in which they were decided: the order in which they are to be recorded. */
  readonly order: readonly number[];
  /** Lines of which something is refused. */
  readonly refusedLines: ReadonlySet<number>;
  /** Of the streams that rows are about or refer to, as they were first read; null where there is no such stream. */
  readonly revisions: ReadonlyMap<string, number | null>;
}

/** Rows that are decided on one reading of history: what bounds the memory that it takes. */
const BATCH = 1_000;

/** Decides any number of rows, a batch at a time, each on the history of the subjects that it is about. */
export async function decideAll(
  log: Pick<EventStore, 'readStream' | 'byIds'>,
  rows: readonly StatementRow[],
  { changesOnly, wholeLines, refusedLines: refusedBefore, before, onProgress }: DecideOptions,
): Promise<Decided> {
  const decisions: RowDecision[] = [];
  const order: number[] = [];
  const refusedLines = new Set(refusedBefore);
  const revisions = new Map<string, number | null>();

  for (const batch of batchesOf(rows, BATCH)) {
    const asked = batch.flatMap((index) => rows[index] ?? []);
    const streams = new Set(asked.flatMap((row) => recordStatus.streams({ kind: 'RECORD_STATUS', ...row })));
    const upwards = asked.some(({ scale }) => scale === 'parent');
    const history = await readHistory(log, [...streams], upwards, before);
    const named = await contradicted(log, history, asked);
    const decide = (some: readonly StatementRow[]) => decideRows(history.model, some, { named, changesOnly });

    for (const [stream, revision] of history.revisions) if (!revisions.has(stream)) revisions.set(stream, revision);
    const decided = wholeLines ? withoutRefusedLines(asked, refusedLines, decide) : decide(asked);
    for (const [place, index] of batch.entries()) {
      const decision = decided[place];
      if (!decision) continue;
      decisions[index] = decision;
      if (decision.kind === 'REFUSED') refusedLines.add(rows[index]?.line ?? 0);
    }
    for (const index of batch) order.push(index);
    onProgress?.(order.length);
    // A batch takes a while, and others are waiting.
    await nextTurn();
  }
  return { decisions, order, refusedLines, revisions };
}

/** The events that rows may have to correct. */
async function contradicted(
  log: Pick<EventStore, 'byIds'>,
  { model }: History,
  rows: readonly StatementRow[],
): Promise<Map<string, DomainEvent>> {
  const ids = rows.flatMap((row) => {
    const held = heldOn(model, row);
    return contradicts(held, row) ? held.eventId : [];
  });
  const events = ids.length === 0 ? [] : await log.byIds(ids);
  return new Map(events.map((event) => [event.id, decode(event)]));
}

/**
 * A row that is left out with its line must not have a say in the rows that stay, so these are decided again without it,
 * until no further line is refused. A row that was refused once remains so.
 */
function withoutRefusedLines(
  rows: readonly StatementRow[],
  refusedLines: ReadonlySet<number>,
  decide: (rows: readonly StatementRow[]) => readonly RowDecision[],
): readonly RowDecision[] {
  // What stands in a refused line is told too, as it would be if the line were good.
  const decided = [...decide(rows)];
  const out = new Set(refusedLines);
  const isOut = (index: number): boolean => out.has(rows[index]?.line ?? 0);
  let staying = rows.map((_, index) => index);
  for (;;) {
    const fewer = staying.filter((index) => !isOut(index));
    if (fewer.length < staying.length) {
      staying = fewer;
      const again = decide(staying.flatMap((index) => rows[index] ?? []));
      for (const [place, index] of staying.entries()) {
        const decision = again[place];
        if (decision) decided[index] = decision;
      }
    }
    const refused = staying.filter((index) => decided[index]?.kind === 'REFUSED');
    if (refused.length === 0) return decided;
    for (const index of refused) out.add(rows[index]?.line ?? 0);
  }
}
