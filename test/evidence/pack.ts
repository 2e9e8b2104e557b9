import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register as checkpointCommand } from '../../src/cli/commands/checkpoint.js';
import { register as evidenceCommand } from '../../src/cli/commands/evidence.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { loadFile } from '../../src/log-format/load-file.js';
import { newTree } from '../../src/proofs/merkle/tree.js';
import { naiveLeaf } from '../support/naive-tree.js';
import { runCommand } from '../support/command-line.js';
import { shippedHistory } from '../support/shipped/history.js';

const VERIFIER = fileURLToPath(new URL('../../verifier/verify.mjs', import.meta.url));

const ORIGIN = 'peildatum.example.org/log';

export const settingsIn = (directory: string): Record<string, string> => ({
  DATA_DIR: join(directory, 'data'),
  LOG_ORIGIN: ORIGIN,
});

/** Loads the shipped history up to and with these lines, and signs the log after each part. */
export async function newInstallation(directory: string, parts: readonly number[]): Promise<{ readonly key: string }> {
  const lines = readFileSync(shippedHistory, 'utf8').split('\n').slice(0, -1);
  let from = 0;
  for (const upTo of parts) {
    const file = join(directory, `part-${upTo}.ndjson`);
    writeFileSync(
      file,
      lines
        .slice(from, upTo)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const log = openSqliteEventStore({ file: join(directory, 'data', 'events.db') });
    await loadFile({ file, log });
    await log.close();
    await signed(directory);
    from = upTo;
  }
  return { key: (await run(checkpointCommand, directory, 'checkpoint', '--keys')).trim() };
}

/** Signs the log as it is, as whoever runs it does. */
export const signed = (directory: string, ...args: readonly string[]): Promise<string> =>
  run(checkpointCommand, directory, 'checkpoint', ...args);

/** Makes a pack by the command, and returns its directory. */
export async function packed(directory: string, name: string, ...args: readonly string[]): Promise<string> {
  const out = join(directory, name);
  await run(evidenceCommand, directory, 'evidence', '--out', out, ...args);
  return out;
}

async function run(command: typeof evidenceCommand, directory: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args, settingsIn(directory));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

interface Fault {
  readonly position?: number;
  readonly event?: string;
  readonly file?: string;
  readonly cell?: string;
  readonly message: string;
}

interface Verified {
  readonly code: number | null;
  readonly verdict: string;
  readonly message: string;
  /** By name, the status of each level. */
  readonly levels: Readonly<Record<string, string>>;
  readonly faults: readonly (Fault & { readonly level: string })[];
}

const start = (pack: string, args: readonly string[]) =>
  spawnSync(process.execPath, [VERIFIER, pack, ...args], { encoding: 'utf8', cwd: dirname(pack) });

/** Runs the verifier as an auditor does: plain node, a process of its own. */
export function verified(pack: string, ...args: readonly string[]): Verified {
  const { status, stdout, stderr } = start(pack, [...args, '--json']);
  if (stderr !== '') throw new Error(`The verifier says on standard error: ${stderr}`);
  const { levels = [], ...report } = JSON.parse(stdout) as Pick<Verified, 'verdict' | 'message'> & {
    levels?: { name: string; status: string; faults: Fault[] }[];
  };
  return {
    ...report,
    code: status,
    levels: Object.fromEntries(levels.map(({ name, status }) => [name, status])),
    faults: levels.flatMap(({ name, faults }) => faults.map((fault) => ({ level: name, ...fault }))),
  };
}

/** What it shows to people. */
export function words(pack: string, ...args: readonly string[]): string {
  const { stdout, stderr } = start(pack, args);
  return stdout + stderr;
}

let copies = 0;

/** A copy of a pack, to do something to. */
export function copyOf(pack: string): string {
  const copy = `${pack}-${(copies += 1)}`;
  cpSync(pack, copy, { recursive: true });
  return copy;
}

export const linesOf = (pack: string): string[] =>
  readFileSync(join(pack, 'events.ndjson'), 'utf8').split('\n').slice(0, -1);

const ended = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

export const writeLines = (pack: string, lines: readonly string[]): void =>
  writeFileSync(join(pack, 'events.ndjson'), ended(lines));

/** What a forger would do too, so that nothing but the signature is in the way: the hashes of the events anew. */
export function writeLeaves(pack: string): Buffer {
  const leaves = linesOf(pack).map((line) => naiveLeaf(Buffer.from(line)));
  writeFileSync(join(pack, 'leaves'), ended(leaves.map((leaf) => leaf.toString('hex'))));
  const tree = newTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

interface Manifest {
  readonly treeSize: number;
  readonly rootHash: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

export const readManifest = (pack: string): Manifest =>
  JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')) as Manifest;

export const writeManifest = (pack: string, manifest: unknown): void =>
  writeFileSync(join(pack, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

/** The manifest anew, of the files as they are. */
export function renewManifest(pack: string, changes: Readonly<Record<string, unknown>> = {}): void {
  const names = readdirSync(pack, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map((entry) => join(entry.parentPath, entry.name).slice(pack.length + 1));
  const files = names.sort().map((name) => {
    const content = readFileSync(join(pack, name));
    return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  writeManifest(pack, { ...readManifest(pack), ...changes, files });
}

export const putFile = (pack: string, name: string, content: string | Buffer): void => {
  mkdirSync(dirname(join(pack, name)), { recursive: true });
  writeFileSync(join(pack, name), content);
};
