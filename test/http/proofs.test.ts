import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import { newEventId } from '../../src/event-store/event-id.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { testDirectory } from '../support/directory.js';
import { logIn, startInstallation, type Installation } from '../support/installation.js';
import { bytesOf, leafOf, readCheckpoint, rootByPath, rootOf, rootsByProof } from './merkle-by-hand.js';

const directory = testDirectory();

interface Head {
  readonly origin: string;
  readonly size: string;
  readonly rootHash: string;
  readonly checkpoint: string;
}

interface Inclusion {
  readonly leafIndex: string;
  readonly treeSize: string;
  readonly leafHash: string;
  readonly path: readonly string[];
  readonly rootHash: string;
  readonly tlogProof: string | null;
}

const INCLUSION = 'leafIndex treeSize leafHash path rootHash tlogProof';
const HEAD = '{ logHead { origin size rootHash checkpoint } }';

let server: Installation;
/** Another process that writes to the same log. */
let log: ReturnType<typeof openSqliteEventStore>;
let vkey: string;
let leaves: Buffer[];

const query = async <T>(document: string, variables: object = {}) => {
  const { text } = await server.answer({ query: document, variables });
  return JSON.parse(text) as {
    readonly data: T;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  };
};

const ask = async <T>(document: string, variables: object = {}): Promise<T> => {
  const { data, errors } = await query<T>(document, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};

const refusalOf = async (document: string): Promise<readonly [unknown, unknown, string | undefined]> => {
  const { errors = [] } = await query(document);
  expect(errors).toHaveLength(1);
  return [errors[0]?.extensions['code'], errors[0]?.extensions['argument'], errors[0]?.message];
};

const rootAt = (size: number): string => rootOf(leaves.slice(0, size)).toString('hex');

/** From the bytes of the log and the specifications alone. */
const leafOfEvent = (event: StoredEvent): Buffer =>
  leafOf(canonicalize({ ...event, position: String(event.position) }) ?? '');

const readLeaves = async (): Promise<Buffer[]> => (await log.readAll(0, 100_000)).map(leafOfEvent);

const append = async (type: string, stream: string, data: StoredEvent['data'], schemaVersion = 1): Promise<void> => {
  const event = {
    id: newEventId(),
    stream,
    type,
    schemaVersion,
    actor: 'tester',
    correlationId: 'test',
    causationId: null,
    data,
  };
  expect((await log.append({ events: [event] })).kind).toBe('APPENDED');
  leaves = await readLeaves();
};

const addName = (name: string): Promise<void> =>
  append('RegionNamed', 'region-zeeland', { name, effectiveOn: '2021-06-01', reason: null, evidence: [] });

beforeAll(async () => {
  server = await startInstallation(directory);
  log = openSqliteEventStore({ file: logIn(directory) });
  vkey = readFileSync(join(directory, 'keys', 'checkpoint.vkey'), 'utf8').trim();
  leaves = await readLeaves();
});
afterAll(async () => {
  await log.close();
  await server.stop();
});

describe('the head of the log', () => {
  it('is what the events themselves come to, signed with the published key', async () => {
    const { logHead } = await ask<{ logHead: Head }>(HEAD);
    expect(logHead).toMatchObject({ origin: 'localhost/peildatum', size: String(leaves.length) });
    expect(logHead.rootHash).toBe(rootAt(leaves.length));
    expect(readCheckpoint(logHead.checkpoint, vkey)).toEqual({
      origin: logHead.origin,
      size: leaves.length,
      root: logHead.rootHash,
    });
  });

  it('is signed once for each state, and again when the log has grown', async () => {
    const before = await ask<{ logHead: Head }>(HEAD);
    expect(await ask(HEAD)).toEqual(before);
    await addName('Zeeland eens');
    const { logHead } = await ask<{ logHead: Head }>(HEAD);
    expect(logHead.size).toBe(String(leaves.length));
    expect(readCheckpoint(logHead.checkpoint, vkey).root).toBe(rootAt(leaves.length));
    const kept = await log.checkpoints();
    expect(new Set(kept.map(({ size }) => size)).size).toBe(kept.length);
  });

  it('is signed once however many ask for it at the same time', async () => {
    await addName('Zeeland tweemaal');
    const before = (await log.checkpoints()).length;
    const heads = await Promise.all(Array.from({ length: 40 }, () => ask<{ logHead: Head }>(HEAD)));
    expect(new Set(heads.map(({ logHead }) => logHead.checkpoint)).size).toBe(1);
    expect((await log.checkpoints()).length - before).toBe(1);
  });
});

describe('a proof of inclusion', () => {
  it('leads from any event to the root, in the newest signed tree and in any other', async () => {
    const [newest] = await log.checkpoints({ last: true, limit: 1 });
    for (const position of [1, 2, 347, 3563, leaves.length - 1]) {
      const [event] = await log.byPositions([position]);
      for (const treeSize of [null, position, position + 1, leaves.length]) {
        const { inclusionProof } = await ask<{ inclusionProof: Inclusion }>(
          `query ($id: ID!, $treeSize: Position) { inclusionProof(eventId: $id, treeSize: $treeSize) { ${INCLUSION} } }`,
          { id: event?.id, treeSize: treeSize === null ? null : String(treeSize) },
        );
        const size = Number(inclusionProof.treeSize);
        expect(size).toBe(treeSize ?? newest?.size);
        expect(inclusionProof.leafIndex).toBe(String(position - 1));
        expect(inclusionProof.leafHash).toBe(event && leafOfEvent(event).toString('hex'));
        const leaf = Buffer.from(inclusionProof.leafHash, 'hex');
        const root = rootByPath(position - 1, size, leaf, bytesOf(inclusionProof.path)).toString('hex');
        expect(root).toBe(rootAt(size));
        expect(inclusionProof.rootHash).toBe(root);
      }
    }
  });

  it('comes with the signed checkpoint in one text, where there is one of that size', async () => {
    const [event] = await log.byPositions([42]);
    const { signed, unsigned } = await ask<Record<'signed' | 'unsigned', Inclusion>>(
      `query ($id: ID!) { signed: inclusionProof(eventId: $id) { ${INCLUSION} } unsigned: inclusionProof(eventId: $id, treeSize: "77") { ${INCLUSION} } }`,
      { id: event?.id },
    );
    expect(unsigned.tlogProof).toBeNull();
    const [header = '', ...rest] = signed.tlogProof?.split('\n\n') ?? [];
    const [version, index, ...path] = header.split('\n');
    expect([version, index]).toEqual(['c2sp.org/tlog-proof@v1', 'index 41']);
    const { size, root } = readCheckpoint(rest.join('\n\n'), vkey);
    expect(
      rootByPath(
        41,
        size,
        leafOfEvent(event as StoredEvent),
        path.map((hash) => Buffer.from(hash, 'base64')),
      ),
    ).toEqual(Buffer.from(root, 'hex'));
  });

  it('is of all events where what was signed does not cover the event yet', async () => {
    await addName('Zeeland nu');
    const [event] = await log.byPositions([leaves.length]);
    const { event: found } = await ask<{ event: { inclusionProof: Inclusion } }>(
      `query ($id: ID!) { event(id: $id) { inclusionProof { ${INCLUSION} } } }`,
      { id: event?.id },
    );
    expect(found.inclusionProof.treeSize).toBe(String(leaves.length));
    expect(found.inclusionProof.tlogProof).toBeNull();
    expect(found.inclusionProof.rootHash).toBe(rootAt(leaves.length));
  });

  it('goes with every statement that an explanation names', async () => {
    const { region } = await ask<{
      region: { explain: { statements: { event: { position: string; hash: string; inclusionProof: Inclusion } }[] } };
    }>(
      `{ region(key: "utrecht") { explain(scale: "agreements") { statements { event { position hash inclusionProof(treeSize: "5000") { ${INCLUSION} } } } } } }`,
    );
    expect(region.explain.statements.length).toBeGreaterThan(0);
    for (const { event } of region.explain.statements) {
      const { path } = event.inclusionProof;
      const root = rootByPath(Number(event.position) - 1, 5000, Buffer.from(event.hash, 'hex'), bytesOf(path));
      expect(root.toString('hex')).toBe(rootAt(5000));
    }
  });

  it('is refused with the argument that is at fault', async () => {
    const { id = '' } = (await log.byPositions([10]))[0] ?? {};
    const proof = (eventId: string, size = '') => `{ inclusionProof(eventId: "${eventId}"${size}) { path } }`;
    const head = leaves.length;
    expect(await refusalOf(proof(newEventId()))).toEqual([
      'UNKNOWN_EVENT',
      'eventId',
      expect.stringContaining('no event'),
    ]);
    expect(await refusalOf(proof('zeeland'))).toEqual(['INVALID_ID', 'eventId', expect.any(String)]);
    const { region } = await ask<{ region: { id: string } }>('{ region(key: "utrecht") { id } }');
    expect(await refusalOf(proof(region.id))).toEqual([
      'INVALID_ID',
      'eventId',
      expect.stringContaining('of a Region'),
    ]);
    expect(await refusalOf(proof(id, `, treeSize: "${head + 1}"`))).toEqual([
      'POSITION_BEYOND_HEAD',
      'treeSize',
      expect.stringContaining(`ends at position ${head}`),
    ]);
    expect(await refusalOf(proof(id, ', treeSize: "9"'))).toEqual([
      'BAD_USER_INPUT',
      'treeSize',
      expect.stringContaining('Ask for 10 or more'),
    ]);
  });
});

describe('a proof of consistency', () => {
  it('leads from one state of the log to a later one', async () => {
    const head = leaves.length;
    for (const [first, second] of [
      [1, 2],
      [3, 7],
      [4096, head],
      [4097, head],
      [347, 3563],
      [head - 1, head],
      [head, head],
    ] as const) {
      const { consistencyProof } = await ask<{
        consistencyProof: {
          first: string;
          second: string;
          path: string[];
          firstRootHash: string;
          secondRootHash: string;
        };
      }>(
        `{ consistencyProof(first: "${first}", second: "${second}") { first second path firstRootHash secondRootHash } }`,
      );
      const { path, ...said } = consistencyProof;
      expect(said).toEqual({
        first: String(first),
        second: String(second),
        firstRootHash: rootAt(first),
        secondRootHash: rootAt(second),
      });
      const known = Buffer.from(rootAt(first), 'hex');
      const [before, after] = rootsByProof(first, second, bytesOf(path), known);
      expect([before.toString('hex'), after.toString('hex')]).toEqual([rootAt(first), rootAt(second)]);
    }
    const { consistencyProof } = await ask<{ consistencyProof: { path: string[]; firstRootHash: string } }>(
      '{ consistencyProof(first: "0", second: "9") { path firstRootHash } }',
    );
    expect(consistencyProof).toEqual({ path: [], firstRootHash: rootAt(0) });
  });

  it('is refused with the argument that is at fault', async () => {
    const head = leaves.length;
    expect(await refusalOf(`{ consistencyProof(first: "1", second: "${head + 1}") { path } }`)).toEqual([
      'POSITION_BEYOND_HEAD',
      'second',
      expect.stringContaining(String(head)),
    ]);
    expect(await refusalOf('{ consistencyProof(first: "9", second: "8") { path } }')).toEqual([
      'BAD_USER_INPUT',
      'first',
      expect.stringContaining('smaller size first'),
    ]);
  });
});

describe('a published period', () => {
  const TREE = 'size rootHash checkpoint';

  it('has the tree at its publication, and the checkpoint that first covers it', async () => {
    const { periods } = await ask<{
      periods: {
        publishedTree: { size: string; rootHash: string; checkpoint: string | null } | null;
        publications: { position: string; tree: { size: string; rootHash: string; checkpoint: string } }[];
      }[];
    }>(`{ periods { publishedTree { ${TREE} } publications { position tree { ${TREE} } } } }`);
    const [oldest] = await log.checkpoints({ limit: 1 });
    expect(periods.length).toBeGreaterThan(0);
    for (const { publishedTree, publications } of periods) {
      const [first] = publications;
      expect(publishedTree).toEqual(first?.tree ?? null);
      for (const { position, tree } of publications) {
        expect(tree).toEqual({ size: position, rootHash: rootAt(Number(position)), checkpoint: oldest?.note });
      }
    }
  });

  it('is signed as soon as it is published, by whichever process', async () => {
    const { events } = await log.find(
      { types: ['PeriodPublished'], upToPosition: leaves.length },
      { limit: 1, from: 'LAST' },
    );
    const [published] = events;
    if (!published) throw new Error('The shipped history has publications.');
    await append('PeriodPublished', published.stream, published.data, published.schemaVersion);
    const covering = async () => (await log.checkpoints({ from: leaves.length, limit: 1 }))[0];
    await expect.poll(covering, { timeout: 20_000, interval: 50 }).toBeDefined();
    expect(readCheckpoint((await covering())?.note ?? '', vkey)).toMatchObject({ root: rootAt(leaves.length) });
  });

  it('shows the tree of the moment in every answer that is for one, kept for ever where the moment is', async () => {
    const document =
      '{ region(key: "utrecht", at: {period: "2020-10", asPublished: true}) { moment { position tree { size rootHash checkpoint } } } }';
    const { text, kept } = await server.answer({ query: document });
    const { moment } = (JSON.parse(text) as { data: { region: { moment: { position: string; tree: object } } } }).data
      .region;
    expect(moment.tree).toMatchObject({ size: moment.position, rootHash: rootAt(Number(moment.position)) });
    expect(kept[0]).toContain('immutable');
  });
});

describe('an export', () => {
  it('says at its end which tree it was made from', async () => {
    const { region } = await ask<{ region: { moment: { position: string } } }>(
      '{ region(key: "utrecht", at: {period: "2020-10", asPublished: true}) { moment { position } } }',
    );
    const pinned = Number(region.moment.position);
    const at = encodeURIComponent('{"period":"2020-10","asPublished":true}');
    const columns = encodeURIComponent('{"moments":[{"period":"2020-10","asPublished":true}]}');
    for (const [path, sizes] of [
      [`cross-tab.csv?subjects=REGION&rows=agreements&columns=${columns}&language=EN`, [pinned]],
      [`comparison.csv?scale=vision&from=${at}&to=${at}&language=EN`, [pinned, pinned]],
      ['reports/2021-01/tables/1.csv?language=EN', [pinned, leaves.length]],
    ] as const) {
      const lines = (await (await fetch(`${server.url}/export/${path}`)).text()).trimEnd().split('\r\n').slice(-2);
      expect(lines).toEqual([
        ['Merkle tree: number of events', ...sizes].join(','),
        ['Merkle tree: root (SHA-256)', ...sizes.map(rootAt)].join(','),
      ]);
    }
  });
});
