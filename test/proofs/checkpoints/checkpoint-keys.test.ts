import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  keyPlacesOf,
  readKeys,
  retireKeys,
  rotateKeys,
  type KeyPlaces,
} from '../../../src/proofs/checkpoints/checkpoint-keys.js';
import { parseVerifierKey } from '../../../src/proofs/notes/note-key.js';
import { testDirectory } from '../../support/directory.js';

const directory = testDirectory();
let made = 0;

function newPlaces(about: Partial<Parameters<typeof keyPlacesOf>[0]> = {}): KeyPlaces {
  const dataDir = join(directory, String((made += 1)));
  return keyPlacesOf({
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
    const places = newPlaces();
    const { signers, verifiers } = readKeys(places);
    expect(signers).toHaveLength(1);
    expect(signers[0]?.name).toBe('log.example/a');
    expect(readFileSync(places.signing, 'utf8')).toBe(`${signers[0]?.spelling}\n`);
    expect(readFileSync(places.published, 'utf8')).toBe(`${signers[0]?.verifier.spelling}\n`);
    expect([modeOf(places.signing), modeOf(places.published)]).toEqual([0o600, 0o644]);
    expect(ids(readKeys(places).verifiers)).toEqual(ids(verifiers));
    expect(readdirSync(join(places.published, '..')).sort()).toEqual(['checkpoint.key', 'checkpoint.vkey']);
  });

  it('are the same for all who make sure of them at the same time', async () => {
    const fixture = new URL('../../fixtures/read-checkpoint-keys.mjs', import.meta.url);
    for (let round = 0; round < 8; round += 1) {
      const places = newPlaces();
      const barrier = new SharedArrayBuffer(4);
      const workers = Array.from(
        { length: 4 },
        () => new Worker(fixture, { workerData: { places, barrier, count: 4 } }),
      );
      const read = await Promise.all(workers.map((worker) => once(worker, 'message')));
      const [{ id } = { id: '' }] = readKeys(places).signers;
      expect(read).toEqual(workers.map(() => [[id]]));
      expect(readdirSync(join(places.published, '..')).sort()).toEqual(['checkpoint.key', 'checkpoint.vkey']);
    }
  });

  it('are two while they are changed, and one afterwards, and what was signed with the old one can be verified for ever', () => {
    const places = newPlaces();
    const [old] = ids(readKeys(places).signers);
    const both = rotateKeys(places);
    expect(ids(both.signers)).toEqual([expect.not.stringMatching(old ?? ''), old]);
    expect(() => rotateKeys(places)).toThrow(/--retire/);
    const after = retireKeys(places);
    expect(ids(after.signers)).toEqual(ids(both.signers).slice(0, 1));
    expect(ids(after.verifiers)).toEqual(ids(both.signers));
    expect(readFileSync(places.signing, 'utf8')).not.toContain(`${old}+`);
    expect(() => retireKeys(places)).toThrow(/--rotate/);
    expect(modeOf(places.signing)).toBe(0o600);
  });

  it('go on with the public key of a private one that was lost', () => {
    const places = newPlaces();
    const [old] = readKeys(places).verifiers;
    rmSync(places.signing);
    const { signers, verifiers } = readKeys(places);
    expect(ids(verifiers)).toEqual([signers[0]?.id, old?.id]);
  });

  it('can be shared by servers, each of which publishes them', () => {
    const first = newPlaces();
    const [key] = readKeys(first).verifiers;
    const second = newPlaces({ checkpointKey: first.signing });
    expect(ids(readKeys(second).signers)).toEqual([key?.id]);
    expect(parseVerifierKey(readFileSync(second.published, 'utf8').trim()).id).toBe(key?.id);
  });

  it('are not made where a setting names them', () => {
    const checkpointKey = join(directory, 'secret.key');
    expect(() => readKeys(newPlaces({ checkpointKey }))).toThrow(/^CHECKPOINT_KEY names '.*secret\.key'/);
  });

  it('keep the name of the log', () => {
    const places = newPlaces();
    readKeys(places);
    expect(() => readKeys({ ...places, origin: 'log.example/b' })).toThrow(
      /LOG_ORIGIN is 'log.example\/b'.*set LOG_ORIGIN to 'log.example\/a'/,
    );
  });

  it('are named with their file where they cannot be read, and none is shown', () => {
    const places = newPlaces();
    const spelling = readKeys(places).signers[0]?.spelling ?? '';
    writeFileSync(places.signing, spelling.replace('log.example', 'log.exemple'));
    expect(() => readKeys(places)).toThrow(/checkpoint\.key' cannot be used/);
    expect(() => readKeys(places)).not.toThrow(spelling.slice(-40));
    writeFileSync(places.signing, '\n');
    expect(() => readKeys(places)).toThrow(/holds no key/);
  });
});
