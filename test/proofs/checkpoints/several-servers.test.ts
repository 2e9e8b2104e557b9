import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CheckpointMismatchError } from '../../../src/proofs/checkpoints/checkpoint-mismatch.js';
import { checkpointKeyFilesOf, readCheckpointKeys } from '../../../src/proofs/checkpoints/checkpoint-keys.js';
import { openCheckpointFiles } from '../../../src/proofs/checkpoints/checkpoint-files.js';
import { newCheckpointSigner } from '../../../src/proofs/checkpoints/checkpoint-signer.js';
import { openKurrentEventStore } from '../../../src/event-store/kurrentdb/index.js';
import type { EventStore } from '../../../src/event-store/port.js';
import { openPostgresEventStore } from '../../../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../../../src/event-store/sqlite/index.js';
import { openNote } from '../../../src/proofs/notes/signed-note.js';
import { namedZeeland } from '../../support/named-zeeland.js';
import { testDirectory } from '../../support/directory.js';
import { describeOnKurrentdb, newLogName } from '../../support/kurrentdb/shared.js';
import { describeOnPostgres, inSchema, testSchemas } from '../../support/postgres/shared.js';

const parent = testDirectory();
const opened: EventStore[] = [];
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
});

async function append(log: EventStore): Promise<void> {
  expect((await log.append({ events: [namedZeeland()] })).kind).toBe('APPENDED');
}

/** Servers with a data directory each and one key, on one log. */
function severalServers(newLog: () => () => Promise<EventStore>): void {
  const start = async (open: () => Promise<EventStore>, checkpointKey?: string) => {
    const dataDir = mkdtempSync(join(parent, 'server-'));
    const keys = checkpointKeyFilesOf({
      dataDir,
      logOrigin: 'shared.example/log',
      checkpointKey: checkpointKey ?? join(dataDir, 'keys', 'checkpoint.key'),
    });
    const log = await open();
    opened.push(log);
    return {
      log,
      keys,
      signer: newCheckpointSigner({ log, keyFiles: keys, checkpointFiles: openCheckpointFiles(dataDir) }),
    };
  };

  it('sign while all of them record, and whatever they sign goes together', { timeout: 120_000 }, async () => {
    const open = newLog();
    const first = await start(open);
    readCheckpointKeys(first.keys);
    const servers = [first, await start(open, first.keys.signerFile), await start(open, first.keys.signerFile)];
    await Promise.all(
      servers.map(async ({ log, signer }) => {
        for (let turn = 0; turn < 6; turn += 1) {
          await append(log);
          await signer.sign();
        }
      }),
    );
    const heads = await Promise.all(servers.map(({ signer }) => signer.sign()));
    expect(heads.map(({ size }) => size)).toEqual([18, 18, 18]);
    expect(new Set(heads.map(({ note }) => note)).size).toBe(1);
    const { verifiers } = readCheckpointKeys(first.keys);
    const kept = await first.log.checkpoints();
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { note } of kept) expect(openNote(note, verifiers).verified).toHaveLength(1);
    expect(new Set(kept.map(({ note }) => note)).size).toBe(kept.length);
  });

  it('that have different keys are told to share one', async () => {
    const open = newLog();
    const [first, second] = [await start(open), await start(open)];
    await append(first.log);
    await first.signer.sign();
    const refused = second.signer.sign();
    await expect(refused).rejects.toThrow(CheckpointMismatchError);
    await expect(second.signer.head()).rejects.toThrow(/CHECKPOINT_KEY/);
  });
}

describe('servers on one file', () => {
  severalServers(() => {
    const file = join(mkdtempSync(join(parent, 'log-')), 'events.db');
    return async () => openSqliteEventStore({ file });
  });
});

describeOnPostgres('servers on one log', (url) => {
  const newSchema = testSchemas(url);
  severalServers(() => {
    const own = inSchema(url, newSchema());
    return () => openPostgresEventStore({ url: own });
  });
});

describeOnKurrentdb('servers on one log', (url) => {
  severalServers(() => {
    const log = newLogName();
    return () => openKurrentEventStore({ url: url(), log });
  });
});
