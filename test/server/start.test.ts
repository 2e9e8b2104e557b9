import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `npm start` as a person does, until it has written its banner or has ended. */
async function npmStart(environment: Record<string, string>) {
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: join(directory, 'data'), LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const url = new Promise<string | null>((resolve) => {
    const hear = (chunk: Buffer): void => {
      written += chunk.toString();
      const found = /answers at (\S+)\/graphql\b/.exec(written);
      if (found) resolve(found[1] ?? null);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => resolve(null));
  });
  onTestFinished(() => void child.kill('SIGTERM'));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { url: await url, written: () => written, ended, stop: () => child.kill('SIGTERM') };
}

const isThere = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('npm start', () => {
  it('serves what is shipped until npm is told to end, leaves nothing running, and goes on with its data', async () => {
    const counts: unknown[] = [];
    for (const _ of ['first', 'second']) {
      const { url, written, ended, stop } = await npmStart({});
      if (url === null) throw new Error(written());
      expect(await isThere(url)).toBe(true);
      const query = encodeURIComponent('{ events(first: 1) { totalCount } }');
      const response = await fetch(`${url}/graphql?query=${query}`, { headers: { 'apollo-require-preflight': 'yes' } });
      counts.push(await response.json());
      const asked = performance.now();
      stop();
      expect(await ended).toBe(0);
      expect(performance.now() - asked).toBeLessThan(2_000);
      expect(await isThere(url)).toBe(false);
    }
    expect(counts[0]).toEqual({ data: { events: { totalCount: expect.any(Number) } } });
    expect(counts[1]).toEqual(counts[0]);
  });

  it('ends with exit code 1 and one sentence where it cannot start', async () => {
    const { url, written, ended } = await npmStart({ DATA_DIR: fileURLToPath(import.meta.url) });
    expect(url).toBeNull();
    expect(await ended).toBe(1);
    expect(written()).toMatch(/\nPeildatum did not start\. .*DATA_DIR.*\n/);
    expect(written()).not.toMatch(/\n\s+at /);
  });
});
