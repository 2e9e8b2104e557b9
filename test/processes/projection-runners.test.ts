import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEventStore } from '../../src/event-store/open.js';
import { rebuild } from '../../src/read-models/rebuild/rebuild.js';
import { openReadDatabase } from '../../src/read-models/database/open.js';
import { readConfig } from '../../src/config/config.js';
import { testDirectory } from '../support/directory.js';
import { describeOnPostgres, inSchema } from '../support/postgres/shared.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import {
  ready,
  startCommandProcess,
  startServerProcess,
  type Environment,
  type ProductProcess,
} from '../support/processes.js';
import { documentOf } from '../recording/recorder.js';

/** So many times something happens to the runners or the database. More by environment, for long runs: BLOWS=200. */
const BLOWS = Number(process.env['BLOWS'] ?? 2);
const SEED = Number(process.env['SEED'] ?? 5);
const WRITERS = 4;
const READERS = 3;

/** In seconds: short, so that much happens in little time. */
const LEASE = 1;

type Blow = 'KILL' | 'PAUSE' | 'RESTART_DATABASE';

interface Place {
  readonly env: Environment;
  /** Null: the database cannot be restarted. */
  readonly server: PostgresServer | null;
}

/** Everything under load while the blows fall; then all must be there, once. */
async function survives(place: Place, runnersCount: number, servers: number, blows: readonly [Blow, number][]) {
  const env = { ...place.env, PROJECTION_LEASE: String(LEASE), READY_LAG: '0', LOG_LEVEL: 'warn' };
  const startRunner = () => startCommandProcess(['project'], { ...env, LOG_LEVEL: 'info' });
  const apis: (ProductProcess & { readonly url: string })[] = [];
  // All at once, on a log that is empty.
  for (let number = 0; number < servers; number += 1)
    apis.push(await startServerProcess({ ...env, PROJECTING: 'off' }));
  const runners = Array.from({ length: runnersCount }, startRunner);
  await Promise.all(apis.map(ready));
  const token = await tokenFor(env);

  const graphql = async <T>(number: number, query: string, variables: object): Promise<T | null> => {
    const url = apis[number % apis.length]?.url ?? '';
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body }).catch(() => null);
    if (response?.status === 400) throw new Error(await response.text());
    const answer = (await response?.json().catch(() => null)) as { data?: T | null; errors?: unknown } | null;
    // While the database is away there may be no answer; what is answered must be right.
    return answer?.errors === undefined ? (answer?.data ?? null) : null;
  };

  const regions = await graphql<{ regions: { nodes: { id: string }[] } }>(
    0,
    '{ regions(first: 20) { nodes { id } } }',
    {},
  );
  const ids = regions?.regions.nodes.map(({ id }) => id) ?? [];
  expect(ids).toHaveLength(20);

  let over = false;
  let number = 0;
  const acknowledged = new Map<string, string>();
  const instants: string[] = [];

  const write = async (): Promise<void> => {
    while (!over) {
      number += 1;
      const own = number;
      const input = {
        subject: ids[own % ids.length],
        scale: 'vision',
        level: String((own % 5) + 1),
        effectiveOn: `20${21 + (own % 5)}-${String((own % 12) + 1).padStart(2, '0')}-${String((own % 28) + 1).padStart(2, '0')}`,
        reason: `Number ${own}`,
        idempotencyKey: `key-${own}`,
      };
      // As a client does that cannot know whether the request before got through; the server may be another one.
      for (let attempt = own; !acknowledged.has(input.idempotencyKey); attempt += 1) {
        const data = await graphql<{ came: { event?: { id: string }; code?: string } }>(
          attempt,
          documentOf('recordStatus'),
          { input },
        );
        const id = data?.came.event?.id;
        if (id !== undefined) acknowledged.set(input.idempotencyKey, id);
        else await delay(20);
        if (over) return;
      }
      instants.push(new Date().toISOString());
    }
  };

  /** What was answered first for each moment, and how often it was answered again. */
  const answers = new Map<string, string>();
  let repeated = 0;
  const QUESTION = `query ($knownAt: DateTime!) {
    crossTab(subjects: REGION, rows: {scale: "vision"}, columns: {moments: [{asOf: "2024-06-30", knownAt: $knownAt}]}) {
      cells { count } columns { moment { position immutable } }
    }
  }`;

  const read = async (start: number): Promise<void> => {
    for (let turn = start; !over; turn += 1) {
      const knownAt = instants[(turn * 7919) % Math.max(1, instants.length)];
      const data = knownAt === undefined ? null : await graphql<Answer>(turn, QUESTION, { knownAt });
      if (!knownAt || !data?.crossTab.columns.every(({ moment }) => moment.immutable)) {
        await delay(10);
        continue;
      }
      const answer = JSON.stringify(data);
      const before = answers.get(knownAt);
      if (before === undefined) answers.set(knownAt, answer);
      else {
        expect(answer).toBe(before);
        repeated += 1;
      }
    }
  };

  const strike = async ([blow, chance]: readonly [Blow, number]): Promise<void> => {
    const index = chance % runners.length;
    const runner = runners[index] as ProductProcess;
    if (blow === 'KILL') {
      await runner.kill();
      await delay(chance % 300);
      runners[index] = startRunner();
    } else if (blow === 'PAUSE') {
      runner.pause();
      // Longer than the lease, so that another takes over; then it finds itself outdated.
      await delay(LEASE * 1000 + (chance % 1_500));
      runner.resume();
    } else if (place.server) {
      await place.server.stop(chance % 2 === 0 ? 'FAST' : 'IMMEDIATE');
      await delay(chance % 500);
      await place.server.start();
    }
    // Some work between two blows, however long it takes.
    const enough = acknowledged.size + 20;
    while (acknowledged.size < enough && !over) await delay(10);
  };

  const work = [
    ...Array.from({ length: WRITERS }, write),
    ...Array.from({ length: READERS }, (_, index) => read(index)),
  ].map((each) =>
    each.catch((error: unknown) => {
      over = true;
      throw error;
    }),
  );
  const done = Promise.all(work);
  try {
    for (const blow of blows) if (!over) await strike(blow);
  } finally {
    over = true;
  }
  await done;
  // By themselves they come to the end of the log.
  await Promise.all(apis.map(ready));
  expect(repeated).toBeGreaterThan(0);
  // A runner that was started last may still be loading, and a signal would end it as if it had no handler.
  await Promise.all(runners.map((runner) => runner.writes(/Taking part in projecting/)));
  const stopped = await Promise.all([...runners, ...apis].map((each) => each.terminate()));
  expect(stopped).toEqual(stopped.map(() => 0));

  const { config, problems } = readConfig(env);
  if (!config) throw new Error(problems.join());
  const log = await openEventStore(config.eventStoreUrl);
  const database = await openReadDatabase(config.readDatabaseUrl);
  try {
    const kept = await log.byIds([...acknowledged.values()]);
    expect(kept).toHaveLength(acknowledged.size);
    const { comparison, position } = await rebuild({ log, database, acceptDifferences: false });
    expect(position).toBe((await log.head()).position);
    expect(comparison).toEqual({ differences: [], total: 0 });
  } finally {
    await database.close();
    await log.close();
  }
  return acknowledged.size;
}

interface Answer {
  readonly crossTab: { readonly columns: readonly { readonly moment: { readonly immutable: boolean } }[] };
}

async function tokenFor(env: Environment): Promise<string> {
  const made = startCommandProcess(['token', '--role', 'recorder', '--name', 'Tester'], env);
  if ((await made.ended) !== 0) throw new Error(made.written());
  return made.written().split('\n')[0] ?? '';
}

const blowsOf = (kinds: readonly Blow[]): [Blow, number][] =>
  fc.sample(fc.tuple(fc.constantFrom(...kinds), fc.nat(10_000)), { seed: SEED, numRuns: BLOWS });

describe('projection runners that are killed and paused', () => {
  const directory = testDirectory();
  const patience = 60_000 + BLOWS * 20_000;

  describeOnPostgres('on PostgreSQL, which is restarted too', () => {
    it('lose no event, project none twice and change no answer', { timeout: patience }, async () => {
      const server = await startPostgres();
      onTestFinished(() => server.remove());
      const env = {
        DATA_DIR: join(directory, 'postgres'),
        EVENT_STORE_URL: inSchema(server.url, 'log'),
        READ_DATABASE_URL: inSchema(server.url, 'read'),
      };
      const blows = blowsOf(['KILL', 'PAUSE', 'RESTART_DATABASE']);
      // Each kind at least once, whatever the seed.
      const all: [Blow, number][] = [...blows, ['KILL', 1], ['PAUSE', 0], ['RESTART_DATABASE', 0]];
      expect(await survives({ env, server }, 2, 3, all)).toBeGreaterThan(all.length * 20 - 1);
    });
  });

  it('lose no event, project none twice and change no answer in SQLite', { timeout: patience }, async () => {
    const env = { DATA_DIR: join(directory, 'sqlite') };
    const all: [Blow, number][] = [...blowsOf(['KILL', 'PAUSE']).slice(0, BLOWS / 2), ['KILL', 0], ['PAUSE', 1]];
    expect(await survives({ env, server: null }, 2, 2, all)).toBeGreaterThan(all.length * 20 - 1);
  });
});
