import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentVersion } from '../../events/event-types.js';
import { streamOfSubject } from '../../events/streams.js';
import { FOREVER } from '../../projections/table.js';
import type { Candidate } from '../../src/commands/candidate.js';
import type { Facts } from '../../src/commands/facts/facts.js';
import { newFacts } from '../../src/commands/facts/learning.js';
import { refusal } from '../../src/commands/rules.js';
import type { HistoricEvent } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { newFolds, project } from '../../src/read-models/projector/batch.js';
import { openReadDatabase } from '../../src/read-models/database/open.js';
import { tablesOf } from '../../src/read-models/database/versions.js';
import { attempts, type Attempt } from './attempts.js';

type Happened = Candidate & { readonly id: string };

const eventId = (place: number): string => `0190a000-0000-7000-8000-${String(place).padStart(12, '0')}`;

/** Makes the attempts one after the other, and keeps those that the rules accept. */
function accept(attempts: readonly Attempt[], tally: Map<string, number>): { past: Happened[]; facts: Facts } {
  const facts = newFacts();
  const past: Happened[] = [];
  for (const attempt of attempts) {
    const candidate = attempt(past);
    const refused = refusal(facts, candidate);
    const outcome = refused?.code ?? candidate.type;
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    if (refused) continue;
    const event = { ...candidate, id: eventId(past.length + 1) };
    facts.learn(event);
    past.push(event);
  }
  return { past, facts };
}

const historic = ({ id, stream, type, data }: Happened): HistoricEvent => ({
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
async function projected(past: readonly Happened[], batch: number, forget: boolean): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-rules-'));
  const log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  const database = await openReadDatabase({ engine: 'sqlite', path: join(folder, 'read.sqlite') });
  try {
    await log.load(past.map(historic));
    const folds = newFolds();
    for (let position = 0; position < past.length; position += batch) {
      const events = await log.readAll(position, batch);
      await database.writing.transaction().execute((transaction) => project(transaction, 1, folds, events));
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

/** The same by the facts. */
function learned(facts: Facts, past: readonly Happened[]): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  for (const stream of new Set(past.map((event) => event.stream))) {
    for (const [scale, versions] of facts.subject(stream)?.cells ?? []) {
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
        const { past, facts } = accept(attempts, tally);
        for (const event of past) context.log(JSON.stringify(event));
        expect(await projected(past, batch, forget)).toEqual(learned(facts, past));
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
