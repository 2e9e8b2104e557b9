import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import { register as importSheet } from '../../src/cli/commands/import.js';
import { runProgram } from '../../src/cli/program.js';
import { register as template } from '../../src/cli/commands/template.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { loadShippedHistory } from '../support/shipped-history.js';

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A data directory with the shipped history, for people with sheets. */
export interface Programme {
  readonly folder: string;
  /** Writes a file into the folder; returns where it is. */
  file(name: string, content: string | Buffer): Promise<string>;
  run(...args: readonly string[]): Promise<ProgramResult>;
  /** The same, which must go well. */
  done(...args: readonly string[]): Promise<string>;
  /** What was recorded after the shipped history. */
  recorded(): Promise<readonly StoredEvent[]>;
}

let shipped: Promise<{ readonly file: string; readonly position: number }> | undefined;

/** Loaded once for the tests of a file: they get copies. */
async function loadOnce(): Promise<{ readonly file: string; readonly position: number }> {
  const file = join(await mkdtemp(join(tmpdir(), 'peildatum-shipped-')), 'events.db');
  const log = openSqliteEventStore({ file });
  await loadShippedHistory(log);
  const { position } = await log.head();
  await log.close();
  return { file, position };
}

export async function newProgramme(): Promise<Programme> {
  shipped ??= loadOnce();
  const { file: original, position } = await shipped;
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-sheets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  await mkdir(data);
  await copyFile(original, join(data, 'events.db'));

  async function run(...args: readonly string[]): Promise<ProgramResult> {
    const written = { stdout: '', stderr: '' };
    const stdout = { write: (text: string) => (written.stdout += text) };
    const stderr = { write: (text: string) => (written.stderr += text) };
    const code = await runProgram({ args, env: { DATA_DIR: data }, stdout, stderr }, [importSheet, template]);
    return { code, ...written };
  }

  return {
    folder,
    run,
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    async done(...args) {
      const { code, stdout, stderr } = await run(...args);
      if (code !== 0) throw new Error(`${stdout}${stderr}`);
      return stdout;
    },
    async recorded() {
      const log = openSqliteEventStore({ file: join(data, 'events.db') });
      const events = await log.readAll(position, 1_000);
      await log.close();
      return events;
    },
  };
}

/** What an event states, short. */
export const stated = ({ stream, type, data }: StoredEvent): string => {
  const { scale, level, effectiveOn } = data as Record<string, string>;
  return `${type === 'StatusStated' ? '' : `${type} `}${stream} ${scale}=${level} on ${effectiveOn}`;
};
