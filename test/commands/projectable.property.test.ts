import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentVersion } from '../../events/event-types.js';
import { streamOfSubject } from '../../events/streams.js';
import { FOREVER } from '../../projections/table.js';
import type { ProposedEvent } from '../../src/commands/proposed-event.js';
import type { WriteModel } from '../../src/commands/write-model/write-model.js';
import { newWriteModel } from '../../src/commands/write-model/builder.js';
import { evaluateRules } from '../../src/commands/rules/evaluate.js';
import type { HistoricEvent } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { newFolds, projectEvents } from '../../src/read-models/projector/project-events.js';
import { openReadDatabase } from '../../src/read-models/database/open.js';
import { tablesOf } from '../../src/read-models/database/versions.js';
import { attempts, type Attempt } from './attempts.js';

type RecordedEvent = ProposedEvent & { readonly id: string };

const eventId = (place: number): string => `0190a000-0000-7000-8000-${String(place).padStart(12, '0')}`;

/** Makes the attempts one after the other, and keeps those that the rules accept. */
function accept(
  attempts: readonly Attempt[],
  tally: Map<string, number>,
): { past: RecordedEvent[]; model: WriteModel } {
  const model = newWriteModel();
  const past: RecordedEvent[] = [];
  for (const attempt of attempts) {
    const proposed = attempt(past);
    const refused = evaluateRules(model, proposed);
    const outcome = refused?.code ?? proposed.type;
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    if (refused) continue;
    const event = { ...proposed, id: eventId(past.length + 1) };
    model.apply(event);
    past.push(event);
  }
  return { past, model };
}

const historic = ({ id, stream, type, data }: RecordedEvent): HistoricEvent => ({
  id,
  stream,
  type,
  schemaVersion: currentVersion(type),
  recordedAt: '2021-01-01T00:00:00.000Z',
  recordedAtStated: true,
  appendedAt: null,
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  idempotencyKey: null,
  requestDigest: null,
  position: null,
  revision: null,
  data,
});

/** What stands by the projections: the event that made each version, by stream and scale, in the order of rule 2. */
async function projected(
  past: readonly RecordedEvent[],
  batch: number,
  forget: boolean,
): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-rules-'));
  const log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  const database = await openReadDatabase({ engine: 'sqlite', path: join(folder, 'read.sqlite') });
  try {
    await log.load(past.map(historic));
    const folds = newFolds();
    for (let position = 0; position < past.length; position += batch) {
      const events = await log.readAll(position, batch);
      await database.writing.transaction().execute((transaction) => projectEvents(transaction, 1, folds, events));
      if (forget) folds.forget();
    }
    const rows = await tablesOf(database.reading, 1)
      .selectFrom('statement')
      .innerJoin('subject', 'subject.id', 'statement.subject')
      .select(['subject.kind', 'subject.key', 'statement.scale', 'statement.event_id'])
      .where('statement.known_until', '=', FOREVER)
      .orderBy('statement.effective_on')
      .orderBy('statement.rank')
      .execute();
    const cells = Map.groupBy(
      rows,
      ({ kind, key, scale }) => `${streamOfSubject({ kind: kind as 'REGION', key })} ${scale}`,
    );
    return new Map([...cells].map(([cell, versions]) => [cell, versions.map(({ event_id }) => event_id)]));
  } finally {
    await database.close();
    await log.close();
    await rm(folder, { recursive: true });
  }
}

/** The same by the model. */
function byWriteModel(model: WriteModel, past: readonly RecordedEvent[]): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  for (const stream of new Set(past.map((event) => event.stream))) {
    for (const [scale, versions] of model.subject(stream)?.versionsByScale ?? []) {
      if (versions.length > 0)
        cells.set(
          `${stream} ${scale}`,
          versions.map((version) => version.eventId),
        );
    }
  }
  return cells;
}

test('a history that the rules accept can be projected, and rules and projections see the same statements in it', async () => {
  const tally = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      attempts,
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      fc.context(),
      async (attempts, batch, forget, context) => {
        const { past, model } = accept(attempts, tally);
        for (const event of past) context.log(JSON.stringify(event));
        expect(await projected(past, batch, forget)).toEqual(byWriteModel(model, past));
      },
    ),
    { numRuns: 60 },
  );
  // The property says nothing unless the histories hold what it is about.
  for (const outcome of [
    'StatusStated',
    'StatusCorrected',
    'StatusWithdrawn',
    'RegionRetired',
    'ScaleRevised',
    'MilestoneRecorded',
    'REPLACED',
    'WITHDRAWN',
    'OUTSIDE_LIFETIME',
    'UNCHANGED',
    'PARENT_CYCLE',
    'REASON_REQUIRED',
  ]) {
    expect([outcome, (tally.get(outcome) ?? 0) > 0]).toEqual([outcome, true]);
  }
});
