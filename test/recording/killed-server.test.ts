import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { testDirectory } from '../support/directory.js';
import { documentOf, type Came } from './recorder.js';
import { newServerProcess, type ServerProcess } from './server-process.js';

/** As many mutations as this are acknowledged. More by environment, for long runs: RECORDINGS=10000. */
const RECORDINGS = Number(process.env['RECORDINGS'] ?? 400);
const CLIENTS = 64;
const KILLS = 3;

const directory = testDirectory();

type Ask = (document: string, variables: object) => Promise<{ came: Came }>;

/** Asks until there is an answer, as a client does that cannot know whether the one before got through. */
const asker =
  ({ url }: ServerProcess, token: string): Ask =>
  async (query, variables) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    for (;;) {
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
        .then((response) => response.json() as Promise<{ data?: { came: Came }; errors?: unknown }>)
        .catch(() => null);
      if (answer?.data?.came) return answer.data;
      if (answer?.errors) throw new Error(JSON.stringify(answer.errors));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

it(
  'a server that is killed and started again keeps each acknowledged statement exactly once, with no gap',
  { timeout: 60_000 + RECORDINGS * 500 },
  async () => {
    const server = await newServerProcess(directory);
    await server.start();
    const ask = asker(server, server.token('recorder'));
    const regions = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ regions(first: 20) { nodes { id } } }' }),
    }).then((response) => response.json() as Promise<{ data: { regions: { nodes: { id: string }[] } } }>);
    const ids = regions.data.regions.nodes.map(({ id }) => id);

    const acknowledged = new Map<string, string>();
    let conflicts = 0;
    let number = 0;
    let failed = false;

    const client = async (): Promise<void> => {
      while (acknowledged.size < RECORDINGS && !failed) {
        number += 1;
        const own = number;
        const input = {
          subject: ids[own % ids.length],
          scale: 'vision',
          level: String((own % 5) + 1),
          effectiveOn: `20${21 + (own % 5)}-${String((own % 12) + 1).padStart(2, '0')}-${String((own % 28) + 1).padStart(2, '0')}`,
          reason: `Number ${own}`,
          idempotencyKey: `key-${own}`,
          // Some expect a revision that long is another one.
          ...(own % 10 === 0 ? { expectedRevision: 0 } : {}),
        };
        // Some send twice at once, and some again after they had an answer.
        const sent = [ask(documentOf('recordStatus'), { input })];
        if (own % 7 === 0) sent.push(ask(documentOf('recordStatus'), { input }));
        const answers = await Promise.all(sent);
        if (own % 11 === 0) answers.push(await ask(documentOf('recordStatus'), { input }));
        const events = new Set(answers.map(({ came }) => came.event?.id ?? came.code));
        expect(events.size).toBe(1);
        const [{ came }] = answers as [{ came: Came }];
        if (came.event) acknowledged.set(input.idempotencyKey, came.event.id);
        else if (came.code === 'REVISION_CONFLICT') conflicts += 1;
        else expect(came.code).toBe('CONTENDED');
      }
    };
    const killer = async (): Promise<void> => {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const due = (RECORDINGS * kill) / (KILLS + 1);
        while (acknowledged.size < due && !failed) await new Promise((resolve) => setTimeout(resolve, 5));
        if (failed) return;
        await server.kill();
        await server.start();
      }
    };
    const failing = async (client: () => Promise<void>): Promise<void> => {
      try {
        await client();
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    await Promise.all([killer(), ...Array.from({ length: CLIENTS }, () => failing(client))]);
    expect(await server.terminate()).toBe(0);

    const log = openSqliteEventStore({ file: `${directory}/events.db` });
    const events: StoredEvent[] = [];
    for (let page = await log.readAll(0, 5_000); page.length > 0; page = await log.readAll(events.length, 5_000))
      events.push(...page);
    await log.close();
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
    for (const [, stream] of Map.groupBy(events, (event) => event.stream)) {
      expect(stream.map(({ revision }) => revision)).toEqual(stream.map((_, index) => index));
    }
    const byKey = Map.groupBy(
      events.filter(({ idempotencyKey }) => idempotencyKey !== null),
      ({ idempotencyKey }) => idempotencyKey ?? '',
    );
    for (const [key, id] of acknowledged) expect(byKey.get(key)?.map((event) => event.id)).toEqual([id]);
    for (const [, once] of byKey) expect(once).toHaveLength(1);
    expect(conflicts).toBeGreaterThan(0);
  },
);
