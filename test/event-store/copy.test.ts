import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyLog } from '../../src/event-store/copy-log.js';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { rootAt } from '../../src/proofs/merkle/root.js';
import { append, event, events, everything, historic, history } from '../contract/event-store/support.js';
import { testDirectory } from '../support/directory.js';
import { describeOnPostgres, testSchemas } from '../support/postgres/shared.js';
import { testStores } from '../support/postgres/stores.js';

const directory = testDirectory();
let files = 0;
const newFile = (): EventStore => openSqliteEventStore({ file: join(directory, `${(files += 1)}.db`) });

/** Stated history, then what was appended live, some of it by requests; an event of a megabyte among it. */
async function fill(store: EventStore): Promise<void> {
  await store.load([
    ...history(700),
    historic('2020-06-01T00:00:00.000Z', { appendedAt: '2020-07-01T00:00:00.000Z', causationId: 'a cause' }),
  ]);
  for (let index = 0; index < 5; index += 1) {
    const request = { idempotencyKey: `key-${index}`, digest: 'digest' };
    await append(store, [...events(60, `stream-${index}`), event('é "\u2028" 👩‍👩‍👧‍👦 \\')], { request });
  }
  await append(store, [event('large', { text: 'é'.repeat(3000) })]);
}

describe('a copy of a log', () => {
  it('is that log, with its places, times and requests, and goes on from there', async () => {
    const [source, target] = [newFile(), newFile()];
    await fill(source);
    const progress: number[] = [];
    const log = await everything(source);
    const copied = await copyLog({ source, target, onProgress: (position) => progress.push(position) });
    expect(copied).toEqual({ present: 0, copied: log.length });
    expect(await everything(target)).toEqual(log);
    expect(progress.at(-1)).toBe(log.length);
    const request = { idempotencyKey: 'key-3', digest: 'digest' };
    expect(await target.append({ events: [event('a')], request })).toMatchObject({ kind: 'REPEATED' });
    const [next] = await append(target, [event('a')]);
    expect(next?.position).toBe(log.length + 1);
    await Promise.all([source.close(), target.close()]);
  });

  it('goes on where it broke off, wherever that was, and compares what is there already', async () => {
    const [source, target] = [newFile(), newFile()];
    await fill(source);
    const log = await everything(source);
    for (const broken of [1, 650, 701, 702, 730, 800, 1000]) {
      const breaking: EventStore = {
        ...source,
        async readAll(after, limit) {
          if (after >= broken) throw new Error('The connection broke.');
          return source.readAll(after, Math.min(limit, broken - after));
        },
      };
      await expect(copyLog({ source: breaking, target })).rejects.toThrow('The connection broke.');
      expect((await target.head()).position).toBe(broken);
    }
    expect(await copyLog({ source, target })).toEqual({ present: 1000, copied: log.length - 1000 });
    expect(await copyLog({ source, target })).toEqual({ present: log.length, copied: 0 });
    expect(await everything(target)).toEqual(log);
    await Promise.all([source.close(), target.close()]);
  });

  it('has the same tree, and the checkpoints that were signed of it, once however often it is made', async () => {
    const [source, target] = [newFile(), newFile()];
    await fill(source);
    const { position } = await source.head();
    const sizes = [0, 7, 7, 300, position];
    for (const [index, size] of sizes.entries()) await source.keepCheckpoint({ size, note: `note ${index}\n` });
    await copyLog({ source, target });
    expect(await target.checkpoints()).toEqual(
      sizes.map((size, index) => ({ number: index + 1, size, note: `note ${index}\n` })),
    );
    await append(source, [event('a')]);
    await source.keepCheckpoint({ size: position + 1, note: 'last\n' });
    await copyLog({ source, target });
    expect(await target.checkpoints()).toEqual(await source.checkpoints());
    expect(await rootAt(position + 1, target.subtreeHashes)).toEqual(await rootAt(position + 1, source.subtreeHashes));
    await Promise.all([source.close(), target.close()]);
  });

  it('is refused when the same events have another tree', async () => {
    const [source, target] = [newFile(), newFile()];
    await fill(source);
    const tampered: EventStore = {
      ...source,
      subtreeHashes: async (subtrees) => (await source.subtreeHashes(subtrees)).map((hash) => hash.fill(0)),
    };
    await expect(copyLog({ source: tampered, target })).rejects.toThrow(/their Merkle trees differ/);
    await Promise.all([source.close(), target.close()]);
  });

  it('takes in what is appended while it is made', async () => {
    const [source, target] = [newFile(), newFile()];
    await append(source, events(10, 'a'));
    let more = 3;
    await copyLog({
      source: {
        ...source,
        async readAll(after, limit) {
          if ((more -= 1) >= 0) await append(source, events(2, 'b'));
          return source.readAll(after, limit);
        },
      },
      target,
    });
    expect(await everything(target)).toEqual(await everything(source));
    expect((await target.head()).position).toBe(16);
    await Promise.all([source.close(), target.close()]);
  });

  it('is refused into a log that holds anything else, and leaves that as it is', async () => {
    const source = newFile();
    await append(source, events(5, 'a'));
    const longer = newFile();
    await copyLog({ source, target: longer });
    await append(longer, [event('a')]);
    await expect(copyLog({ source, target: longer })).rejects.toThrow(/ends at position 6/);
    const other = newFile();
    await append(other, events(2, 'a'));
    const before = await everything(other);
    await expect(copyLog({ source, target: other })).rejects.toThrow(/At position 1 .* empty log/);
    expect(await everything(other)).toEqual(before);
    await Promise.all([source, longer, other].map((store) => store.close()));
  });

  it('is not taken for one when the target gives back another thing than it was given', async () => {
    const [source, target] = [newFile(), newFile()];
    await append(source, events(3, 'a'));
    const mangling: EventStore = {
      ...target,
      readAll: async (after, limit) =>
        (await target.readAll(after, limit)).map((each) => (each.position === 2 ? { ...each, actor: 'other' } : each)),
    };
    await expect(copyLog({ source, target: mangling })).rejects.toThrow(/position 2 .* another content/);
    await Promise.all([source.close(), target.close()]);
  });
});

describeOnPostgres('a copy of a log', (url) => {
  const newSchema = testSchemas(url);
  const open = testStores();

  it('goes from a file to PostgreSQL and back, and is the same', async () => {
    const [file, back] = [newFile(), newFile()];
    await fill(file);
    const server = await open({ url, schema: newSchema() });
    await copyLog({ source: file, target: server });
    await append(server, events(3, 'later'));
    await copyLog({ source: server, target: back });
    expect(await everything(back)).toEqual(await everything(server));
    await copyLog({ source: back, target: file });
    expect(await everything(file)).toEqual(await everything(back));
    await Promise.all([file.close(), back.close()]);
  });
});
