import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { register as backup } from '../../src/cli/commands/backup.js';
import { register as exportLog } from '../../src/cli/commands/export.js';
import { register as restore } from '../../src/cli/commands/restore.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { event } from '../log-format/samples.js';
import { runCommand, startCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { startInstallation } from '../support/installation.js';

const directory = testDirectory();
const dataDir = join(directory, 'data');
const env = { DATA_DIR: dataDir };
const EVENTS = 10_000;

/** Enough that a command is busy for a while. */
function* history() {
  for (let index = 0; index < EVENTS; index += 1) {
    yield event('programme', 'MilestoneRecorded', { on: '2017', text: `Number ${index} `.repeat(10), evidence: [] });
  }
}

const hasName = (folder: string, part: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.includes(part));

/** Ends the process as a power cut would, some milliseconds after a name appears. False: it was faster. */
async function killAfter(child: ChildProcess, folder: string, part: string, milliseconds: number): Promise<boolean> {
  const gone = once(child, 'close');
  while (child.exitCode === null && !hasName(folder, part)) await delay(1);
  await delay(milliseconds);
  child.kill('SIGKILL');
  await gone;
  return child.signalCode === 'SIGKILL';
}

const delays = [0, 5, 20, 60, 150];

describe('a command that is killed', () => {
  beforeAll(async () => {
    const log = openSqliteEventStore({ file: join(dataDir, 'events.db') });
    await log.load(history());
    await log.close();
  });

  it('leaves no export that is not whole', async () => {
    const folder = join(directory, 'exports');
    mkdirSync(folder);
    const whole = (await runCommand(exportLog, ['export'], env)).stdout;
    let killed = 0;
    for (const milliseconds of delays) {
      const file = join(folder, 'log.ndjson');
      rmSync(file, { force: true });
      const child = startCommand(['export', '--out', file], env);
      if (await killAfter(child, folder, '.partial-', milliseconds)) {
        killed += 1;
        expect(readdirSync(folder)).not.toContain('log.ndjson');
      }
    }
    expect(killed).toBeGreaterThan(0);
    await runCommand(exportLog, ['export', '--out', join(folder, 'log.ndjson')], env);
    expect(whole.split('\n')).toHaveLength(EVENTS + 1);
  });

  it('leaves no backup that is not whole, nor one that would be taken for it', async () => {
    const folder = join(directory, 'backups');
    mkdirSync(folder);
    let killed = 0;
    for (const milliseconds of delays) {
      const out = join(folder, `at-${milliseconds}`);
      const child = startCommand(['backup', '--out', out], env);
      if (!(await killAfter(child, folder, `at-${milliseconds}.partial-`, milliseconds))) continue;
      killed += 1;
      expect(existsSync(out)).toBe(false);
      const left = readdirSync(folder).find((name) => name.startsWith(`at-${milliseconds}.partial-`)) ?? '';
      const { code, stderr } = await runCommand(restore, ['restore', '--from', join(folder, left)], {
        DATA_DIR: join(directory, 'from-partial'),
      });
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('has no manifest.json') });
    }
    expect(killed).toBeGreaterThan(0);
  });

  it('leaves no log that is not restored whole, and none is begun in its place', async () => {
    const from = join(directory, 'sound');
    expect((await runCommand(backup, ['backup', '--out', from], env)).code).toBe(0);
    let killed = 0;
    for (const milliseconds of delays) {
      const to = join(directory, `restored-${milliseconds}`);
      const child = startCommand(['restore', '--from', from], { DATA_DIR: to });
      if (!(await killAfter(child, to, 'events.db.restoring', milliseconds))) continue;
      killed += 1;
      if (existsSync(join(to, 'events.db'))) continue;
      await expect(startInstallation(to)).rejects.toThrow('a backup is being restored, or a restore was interrupted');
      const { code, stderr } = await runCommand(restore, ['restore', '--from', from], { DATA_DIR: to });
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('events.db.restoring') });
      rmSync(to, { recursive: true });
    }
    expect(killed).toBeGreaterThan(0);
    const again = { DATA_DIR: join(directory, 'restored-0') };
    expect((await runCommand(restore, ['restore', '--from', from], again)).code).toBe(0);
  });
});
