import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../../src/server/application.js';
import { register as checkpoint } from '../../src/cli/commands/checkpoint.js';
import { readConfig } from '../../src/config/config.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { compose } from '../../src/server/compose.js';
import { runCommand } from '../support/command-line.js';
import { namedZeeland } from '../support/named-zeeland.js';
import { testDirectory } from '../support/directory.js';
import { logIn } from '../support/installation.js';

const directory = testDirectory();
const logged: { readonly level: number; readonly msg: string }[] = [];
let server: Application | undefined;

async function start(): Promise<Application> {
  const { config, problems } = readConfig({ DATA_DIR: directory, PORT: '0' });
  if (!config) throw new Error(problems.join('\n'));
  logged.length = 0;
  const write = (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[number]);
  server = await startApplication(compose, config, pino({ level: 'info' }, { write }));
  return server;
}

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

interface Ready {
  readonly ready: boolean;
  readonly checks: { readonly integrity: Readonly<Record<string, unknown>> };
}

const readiness = async ({ url }: Application): Promise<{ readonly status: number; readonly body: Ready }> => {
  const response = await fetch(`${url}/health/ready`);
  return { status: response.status, body: (await response.json()) as Ready };
};

const ask = async ({ url }: Application, query: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as {
    readonly data: Record<string, unknown> | null;
    readonly errors?: { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
};

async function recordSomething(): Promise<void> {
  const log = openSqliteEventStore({ file: logIn(directory) });
  expect((await log.append({ events: [namedZeeland({ effectiveOn: '2021-06-01' })] })).kind).toBe('APPENDED');
  await log.close();
}

describe('a server', () => {
  it('signs at its first start what was published, and tells of it in its health', async () => {
    const started = await start();
    const { status, body } = await readiness(started);
    expect(status).toBe(200);
    const latest = readFileSync(join(directory, 'checkpoints', 'latest'), 'utf8').split('\n');
    expect(body.checks.integrity).toEqual({
      state: 'SOUND',
      size: Number(latest[1]),
      rootHash: Buffer.from(latest[2] ?? '', 'base64').toString('hex'),
    });
    expect(logged.map(({ msg }) => msg)).toContain('Signed a checkpoint');
  });

  it('that finds an older log in the place of its own says so everywhere, until that is said to be right', async () => {
    const yesterday = join(directory, 'yesterday.db');
    copyFileSync(logIn(directory), yesterday);
    await recordSomething();
    const today = await start();
    await ask(today, '{ logHead { size } }');
    await today.stop();
    for (const rest of ['-wal', '-shm']) rmSync(logIn(directory) + rest, { force: true });
    copyFileSync(yesterday, logIn(directory));

    const started = await start();
    const errors = logged.filter(({ level }) => level === 50).map(({ msg }) => msg);
    expect(errors).toEqual([expect.stringMatching(/^The log is shorter than it was.*--after-restore/)]);
    const { status, body } = await readiness(started);
    expect([status, body.ready]).toEqual([503, false]);
    expect(body.checks.integrity).toEqual({ state: 'CONTRADICTED', problem: errors[0] });
    for (const query of ['{ logHead { size } }', '{ events(first: 1) { nodes { inclusionProof { path } } } }']) {
      const { errors: told = [] } = await ask(started, query);
      expect(told[0]).toMatchObject({ message: errors[0], extensions: { code: 'LOG_CONTRADICTED' } });
      expect(told[0]?.message).not.toContain(directory);
    }
    const size = '"5000"';
    expect(await ask(started, `{ consistencyProof(first: ${size}, second: ${size}) { path } }`)).toEqual({
      data: { consistencyProof: { path: [] } },
    });

    const { code } = await runCommand(checkpoint, ['checkpoint', '--after-restore', 'A test.'], {
      DATA_DIR: directory,
    });
    expect(code).toBe(0);
    expect(readdirSync(join(directory, 'checkpoints', 'set-aside'))).toHaveLength(1);
    expect((await ask(started, '{ logHead { size } }')).errors).toBeUndefined();
    await started.stop();
    expect(await readiness(await start())).toMatchObject({ status: 200, body: { ready: true } });
  });
});
