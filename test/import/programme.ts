import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import { register as importSheet } from '../../src/cli/commands/import.js';
import { runProgram } from '../../src/cli/program.js';
import { register as template } from '../../src/cli/commands/template.js';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { copyShippedLog } from '../support/shipped/copy.js';

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

export async function newProgramme(): Promise<Programme> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-sheets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const file = join(data, 'events.db');
  await copyShippedLog(file);
  const { position } = await inLog(file, (log) => log.head());

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
    recorded: () => inLog(file, (log) => log.readAll(position, 1_000)),
  };
}

async function inLog<T>(file: string, work: (log: EventStore) => Promise<T>): Promise<T> {
  const log = openSqliteEventStore({ file });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** What an event states, short. */
export const stated = ({ stream, type, data }: StoredEvent): string => {
  const { scale, level, effectiveOn } = data as Record<string, string>;
  return `${type === 'StatusStated' ? '' : `${type} `}${stream} ${scale}=${level} on ${effectiveOn}`;
};
