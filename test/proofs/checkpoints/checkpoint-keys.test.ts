import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  checkpointKeyFilesOf,
  readCheckpointKeys,
  retireCheckpointKeys,
  rotateCheckpointKeys,
  type CheckpointKeyFiles,
} from '../../../src/proofs/checkpoints/checkpoint-keys.js';
import { parseVerifierKey } from '../../../src/proofs/notes/note-key.js';
import { testDirectory } from '../../support/directory.js';

const directory = testDirectory();
let made = 0;

function newKeyFiles(about: Partial<Parameters<typeof checkpointKeyFilesOf>[0]> = {}): CheckpointKeyFiles {
  const dataDir = join(directory, String((made += 1)));
  return checkpointKeyFilesOf({
    dataDir,
    logOrigin: 'log.example/a',
    checkpointKey: join(dataDir, 'keys', 'checkpoint.key'),
    ...about,
  });
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const ids = (keys: readonly { readonly id: string }[]): string[] => keys.map(({ id }) => id);

describe('the keys of checkpoints', () => {
  it('are made where there are none, the private one for its owner alone, and stay', () => {
    const files = newKeyFiles();
    const { signers, verifiers } = readCheckpointKeys(files);
    expect(signers).toHaveLength(1);
    expect(signers[0]?.name).toBe('log.example/a');
    expect(readFileSync(files.signerFile, 'utf8')).toBe(`${signers[0]?.encoded}\n`);
    expect(readFileSync(files.verifierFile, 'utf8')).toBe(`${signers[0]?.verifier.encoded}\n`);
    expect([modeOf(files.signerFile), modeOf(files.verifierFile)]).toEqual([0o600, 0o644]);
    expect(ids(readCheckpointKeys(files).verifiers)).toEqual(ids(verifiers));
    expect(readdirSync(join(files.verifierFile, '..')).sort()).toEqual(['checkpoint.key', 'checkpoint.vkey']);
  });

  it('are the same for all who make sure of them at the same time', async () => {
    const fixture = new URL('../../fixtures/read-checkpoint-keys.mjs', import.meta.url);
    for (let round = 0; round < 8; round += 1) {
      const files = newKeyFiles();
      const barrier = new SharedArrayBuffer(4);
      const workers = Array.from(
        { length: 4 },
        () => new Worker(fixture, { workerData: { files, barrier, count: 4 } }),
      );
      const read = await Promise.all(workers.map((worker) => once(worker, 'message')));
      const [{ id } = { id: '' }] = readCheckpointKeys(files).signers;
      expect(read).toEqual(workers.map(() => [[id]]));
      expect(readdirSync(join(files.verifierFile, '..')).sort()).toEqual(['checkpoint.key', 'checkpoint.vkey']);
    }
  });

  it('are two while they are changed, and one afterwards, and what was signed with the old one can be verified for ever', () => {
    const files = newKeyFiles();
    const [old] = ids(readCheckpointKeys(files).signers);
    const both = rotateCheckpointKeys(files);
    expect(ids(both.signers)).toEqual([expect.not.stringMatching(old ?? ''), old]);
    expect(() => rotateCheckpointKeys(files)).toThrow(/--retire/);
    const after = retireCheckpointKeys(files);
    expect(ids(after.signers)).toEqual(ids(both.signers).slice(0, 1));
    expect(ids(after.verifiers)).toEqual(ids(both.signers));
    expect(readFileSync(files.signerFile, 'utf8')).not.toContain(`${old}+`);
    expect(() => retireCheckpointKeys(files)).toThrow(/--rotate/);
    expect(modeOf(files.signerFile)).toBe(0o600);
  });

  it('go on with the public key of a private one that was lost', () => {
    const files = newKeyFiles();
    const [old] = readCheckpointKeys(files).verifiers;
    rmSync(files.signerFile);
    const { signers, verifiers } = readCheckpointKeys(files);
    expect(ids(verifiers)).toEqual([signers[0]?.id, old?.id]);
  });

  it('can be shared by servers, each of which publishes them', () => {
    const first = newKeyFiles();
    const [key] = readCheckpointKeys(first).verifiers;
    const second = newKeyFiles({ checkpointKey: first.signerFile });
    expect(ids(readCheckpointKeys(second).signers)).toEqual([key?.id]);
    expect(parseVerifierKey(readFileSync(second.verifierFile, 'utf8').trim()).id).toBe(key?.id);
  });

  it('are not made where a setting names them', () => {
    const checkpointKey = join(directory, 'secret.key');
    expect(() => readCheckpointKeys(newKeyFiles({ checkpointKey }))).toThrow(/^CHECKPOINT_KEY names '.*secret\.key'/);
  });

  it('keep the name of the log', () => {
    const files = newKeyFiles();
    readCheckpointKeys(files);
    expect(() => readCheckpointKeys({ ...files, origin: 'log.example/b' })).toThrow(
      /LOG_ORIGIN is 'log.example\/b'.*set LOG_ORIGIN to 'log.example\/a'/,
    );
  });

  it('are named with their file where they cannot be read, and none is shown', () => {
    const files = newKeyFiles();
    const encoded = readCheckpointKeys(files).signers[0]?.encoded ?? '';
    writeFileSync(files.signerFile, encoded.replace('log.example', 'log.exemple'));
    expect(() => readCheckpointKeys(files)).toThrow(/checkpoint\.key' cannot be used/);
    expect(() => readCheckpointKeys(files)).not.toThrow(encoded.slice(-40));
    writeFileSync(files.signerFile, '\n');
    expect(() => readCheckpointKeys(files)).toThrow(/holds no key/);
  });
});
