import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  startCheckpointScheduler,
  type CheckpointScheduler,
} from '../../../src/proofs/checkpoints/checkpoint-scheduler.js';
import { testDirectory } from '../../support/directory.js';
import { openLogToSign, type LogToSign } from './log-to-sign.js';

const parent = testDirectory();
const soon = { timeout: 20_000, interval: 20 };
let signed: LogToSign;
let scheduler: CheckpointScheduler | undefined;
let logged: { readonly msg: string; readonly level: number }[];

const startScheduler = (signingIntervalMinutes: number, checkIntervalMs = 60_000): CheckpointScheduler => {
  const write = (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[number]);
  const { log } = signed;
  scheduler = startCheckpointScheduler({
    log,
    signer: signed.signer(),
    signingIntervalMinutes,
    checkIntervalMs,
    logger: pino({}, { write }),
  });
  return scheduler;
};
const sizes = async () => (await signed.log.checkpoints()).map(({ size }) => size);

beforeEach(() => {
  signed = openLogToSign(parent);
  logged = [];
});
afterEach(async () => {
  await scheduler?.stop();
  await signed.close();
});

it('signs a log that has grown on its schedule, and one that has not grown never again', async () => {
  await signed.append(2);
  startScheduler(1 / 6_000);
  await expect.poll(sizes, soon).toEqual([2]);
  await signed.append(1);
  await expect.poll(sizes, soon).toEqual([2, 3]);
  const before = logged.length;
  await scheduler?.check();
  await scheduler?.check();
  expect(await sizes()).toEqual([2, 3]);
  expect(logged).toHaveLength(before);
});

it('signs nothing by itself where there is no schedule and nothing was published', async () => {
  await signed.append(2);
  await startScheduler(0).check();
  expect(await sizes()).toEqual([]);
  expect(scheduler?.status).toEqual({ state: 'UNKNOWN' });
});

it('notices by itself what happens to the checkpoints, tells it once, and when it is over', async () => {
  await signed.append(2);
  await signed.signer().sign();
  startScheduler(0, 20);
  await expect.poll(() => scheduler?.status.state, soon).toBe('SOUND');
  const latest = join(signed.directory, 'checkpoints', 'latest');
  const kept = join(signed.directory, 'kept');
  copyFileSync(latest, kept);
  copyFileSync(join(signed.directory, 'keys', 'checkpoint.vkey'), latest);
  await expect.poll(() => scheduler?.status.state, soon).toBe('CONTRADICTED');
  await scheduler?.check();
  await scheduler?.check();
  expect(logged.filter(({ level }) => level === 50)).toHaveLength(1);
  rmSync(latest);
  copyFileSync(kept, latest);
  await expect.poll(() => scheduler?.status.state, soon).toBe('SOUND');
  expect(logged.at(-1)?.msg).toContain('again');
});
