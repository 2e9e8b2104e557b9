import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { register as backup } from '../../src/cli/commands/backup.js';
import { register as evidence } from '../../src/cli/commands/evidence.js';
import { register as restore } from '../../src/cli/commands/restore.js';
import { register as verify } from '../../src/cli/commands/verify.js';
import { verified } from '../evidence/pack.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { RELEASED_KEY, writeReleased } from '../support/released-directories.js';

const directory = testDirectory();
const env = { DATA_DIR: join(directory, 'data'), LOG_ORIGIN: 'peildatum.example.org/log' };
const releasedPack = join(directory, 'released-pack');
const releasedBackup = join(directory, 'released-backup');

interface Manifest {
  readonly program: string;
  readonly madeAt?: string;
  readonly files: readonly { readonly name: string }[];
}

const manifestText = (directory: string): string => readFileSync(join(directory, 'manifest.json'), 'utf8');
const manifestOf = (directory: string): Manifest => JSON.parse(manifestText(directory)) as Manifest;

/** The text of a manifest as another release at another time would write it. */
const withoutRelease = (directory: string, ...others: readonly string[]): string => {
  const { files, ...manifest } = manifestOf(directory);
  const same = files.filter(({ name }) => !others.includes(name));
  return JSON.stringify({ ...manifest, program: '', ...(manifest.madeAt && { madeAt: '' }), files: same });
};

it('an evidence pack of release 0.1.0 is proven', () => {
  writeReleased('pack', releasedPack);
  expect(verified(releasedPack, '--key', RELEASED_KEY)).toMatchObject({ code: 0, verdict: 'PROVEN', faults: [] });
});

it('a backup of release 0.1.0 is restored, and its log verifies', async () => {
  writeReleased('backup', releasedBackup);
  const restored = await runCommand(restore, ['restore', '--from', releasedBackup], env);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(restored.stdout).toContain('the log ends at position 33');
  expect(await runCommand(verify, ['verify', '--no-read-models'], env)).toMatchObject({ code: 0, stderr: '' });
});

it('the same pack and the same manifest of a backup are made of it again, byte for byte', async () => {
  const pack = join(directory, 'pack');
  const ran = await runCommand(evidence, ['evidence', '--period', '2019-03', '--out', pack], env);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  // Each release hands out its own verifier.
  expect(withoutRelease(pack, 'verify.mjs')).toBe(withoutRelease(releasedPack, 'verify.mjs'));
  expect(manifestOf(pack).files).toHaveLength(9);
  const out = join(directory, 'backup');
  expect(await runCommand(backup, ['backup', '--out', out], env)).toMatchObject({ code: 0, stderr: '' });
  // Each copy of a database has a change counter of its own, and the restored installation published a key of its own.
  const differing = ['events.db', 'vault.db', 'keys/checkpoint.vkey'];
  expect(withoutRelease(out, ...differing)).toBe(withoutRelease(releasedBackup, ...differing));
  expect(manifestOf(out).files.map(({ name }) => name)).toEqual(
    manifestOf(releasedBackup).files.map(({ name }) => name),
  );
  for (const made of [pack, releasedPack, out, releasedBackup]) {
    expect(manifestText(made)).toBe(`${JSON.stringify(manifestOf(made), null, 2)}\n`);
  }
});
