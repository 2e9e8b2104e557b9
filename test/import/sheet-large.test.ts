import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { newProgramme } from './programme.js';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli.js');

const ROWS = 100_000;

/** Of the heap, in megabytes: what any server has to spare. */
const HEAP = 256;

const regions = ['zeeland', 'utrecht', 'twente', 'drenthe', 'zwolle'];

/** A statement a row, newest first, with the first date on which anything is stated a day after what is known. */
function* rows(): Generator<string> {
  yield 'regio;schaal;niveau;geldig op;bewijs';
  for (let index = ROWS - 1; index >= 0; index -= 1) {
    const day = new Date(Date.UTC(2021, 3, 1) + Math.floor(index / regions.length) * 86_400_000);
    yield `${regions[index % regions.length]};vision;5;${day.toISOString().slice(0, 10)};Verslag ${index}`;
  }
}

function start(data: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [`--max-old-space-size=${HEAP}`, cli, 'import', ...args], {
    env: { ...process.env, DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function finished(child: ChildProcess): Promise<{ readonly code: number | null; readonly stdout: string }> {
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}

/** Waits until a transaction has begun to go to the disk. */
async function writing(data: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const log = await stat(join(data, 'events.db-wal')).catch(() => null);
    if (log && log.size > 4_000_000) return;
    await delay(5);
  }
  throw new Error('It ended before it wrote anything.');
}

it('takes a hundred thousand rows in little memory, all or nothing though it is killed, and once', async () => {
  const { file, folder, recorded } = await newProgramme();
  const data = join(folder, 'data');
  const path = await file('many.csv', [...rows()].join('\n'));

  const killed = start(data, path);
  const gone = once(killed, 'close');
  await writing(data, killed);
  killed.kill('SIGKILL');
  await gone;
  expect(await recorded()).toEqual([]);

  const first = await finished(start(data, path));
  expect(first.stdout).toContain(`${ROWS} filled cells: ${ROWS} recorded.`);
  expect(first.code).toBe(0);
  const second = await finished(start(data, path));
  expect(second.stdout).toContain(`${ROWS} filled cells: ${ROWS} unchanged.`);
  expect(second.code).toBe(0);
}, 300_000);
