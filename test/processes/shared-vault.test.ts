import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newIssuer } from '../authority/issuer.js';
import { documentOf } from '../recording/recorder.js';
import { testDirectory } from '../support/directory.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres, onPostgres } from '../support/postgres/shared.js';
import { ready, startCommandProcess, startServerProcess, type Environment } from '../support/processes.js';

const ISSUER = 'https://id.example.org';

interface Answer<T> {
  readonly status: number;
  readonly data: T | null;
}

interface Machine {
  readonly dataDir: string;
  ask<T>(query: string, variables?: object, token?: string): Promise<Answer<T>>;
  stop(): Promise<number | null>;
}

describeOnPostgres('two servers on two machines, with all that they keep on one PostgreSQL', () => {
  const directory = testDirectory();
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.remove());

  /** All in one database of their own; only the directories of the machines differ. */
  async function newDatabase(name: string): Promise<Environment> {
    await onPostgres(postgres.url, (client) => client.query(`CREATE DATABASE ${name}`));
    const url = new URL(postgres.url);
    url.pathname = `/${name}`;
    const { href } = url;
    return { EVENT_STORE_URL: href, READ_DATABASE_URL: href, VAULT_URL: href, LOG_LEVEL: 'warn', READY_LAG: '0' };
  }

  async function start(dataDir: string, env: Environment): Promise<Machine> {
    const server = await startServerProcess({ ...env, DATA_DIR: dataDir });
    await ready(server).catch((error: unknown) => {
      throw new Error(server.written(), { cause: error });
    });
    return {
      dataDir,
      async ask<T>(query: string, variables: object = {}, token?: string) {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
          body: JSON.stringify({ query, variables }),
        });
        const { data = null } = (await response.json()) as { data?: T | null };
        return { status: response.status, data };
      },
      stop: () => server.terminate(),
    };
  }

  /** The second machine has the keys of the first, with which tokens and checkpoints are signed: those are files. */
  async function startTwo(name: string, env: Environment): Promise<readonly [Machine, Machine]> {
    const [one, two] = [join(directory, `${name}-a`), join(directory, `${name}-b`)];
    const a = await start(one, env);
    cpSync(join(one, 'keys'), join(two, 'keys'), { recursive: true });
    return [a, await start(two, env)];
  }

  interface Recorded {
    readonly came: { readonly event?: { readonly id: string }; readonly code?: string; readonly message?: string };
  }

  const idOf = async ({ ask }: Machine, number: number): Promise<string> => {
    const { data } = await ask<{ regions: { nodes: { id: string }[] } }>('{ regions(first: 30) { nodes { id } } }');
    return data?.regions.nodes[number]?.id ?? '';
  };

  /** Records something about a region, and returns under which id of an actor. */
  async function record(machine: Machine, number: number, token: string): Promise<string> {
    const input = {
      subject: await idOf(machine, number),
      scale: 'vision',
      level: '2',
      effectiveOn: '2022-01-01',
      reason: 'New.',
    };
    const { status, data } = await machine.ask<Recorded>(documentOf('recordStatus'), { input }, token);
    if (data?.came.event === undefined) throw new Error(`It answers ${status} ${JSON.stringify(data)}.`);
    const { data: events } = await machine.ask<{ node: { recordedBy: { id: string } } }>(
      'query ($id: ID!) { node(id: $id) { ... on Event { recordedBy { id } } } }',
      { id: data.came.event.id },
    );
    return events?.node.recordedBy.id ?? '';
  }

  /** The name of whoever recorded the status of a region. */
  async function nameOf(machine: Machine, number: number): Promise<string | null | undefined> {
    const { data } = await machine.ask<{ node: { status: { recordedBy: { name: string | null } } } }>(
      'query ($id: ID!) { node(id: $id) { ... on Region { status(scale: "vision") { recordedBy { name } } } } }',
      { id: await idOf(machine, number) },
    );
    return data?.node.status.recordedBy.name;
  }

  async function erase(machine: Machine, actor: string, token: string): Promise<void> {
    const input = { actor, reason: 'They asked for it.' };
    const { data } = await machine.ask<Recorded>(documentOf('eraseActor'), { input }, token);
    expect(data?.came.event?.id).toEqual(expect.any(String));
  }

  it('take the same person of an identity provider for one actor, and forget them at once', async () => {
    const issuer = newIssuer();
    const jwks = join(directory, 'jwks.json');
    writeFileSync(jwks, JSON.stringify({ keys: [issuer.jwk] }));
    const env = { ...(await newDatabase('provider')), AUTH_JWKS: jwks, AUTH_ISSUER: ISSUER };
    const machines = await startTwo('provider', env);
    const [a, b] = machines;
    const administrator = await issuer.token({ sub: 'boss', name: 'Boss', roles: ['administrator'] });

    const anna = await issuer.token({ sub: 'anna', name: 'Anna de Vries' });
    const meeting = Array.from({ length: 8 }, (_, number) => record(number % 2 === 0 ? a : b, number, anna));
    const ids = new Set(await Promise.all(meeting));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    for (const machine of machines) await expect.poll(() => nameOf(machine, 1)).toBe('Anna de Vries');

    // What one machine hears, the other tells.
    const married = await issuer.token({ sub: 'anna', name: 'Anna Jansen' });
    expect(await record(a, 10, married)).toBe(id);
    expect(await nameOf(b, 1)).toBe('Anna Jansen');

    await erase(a, id, administrator);
    expect(await Promise.all([nameOf(b, 1), nameOf(a, 1), nameOf(b, 0)])).toEqual([null, null, null]);

    // Who comes back is somebody else, and the same on both.
    const after = await Promise.all([record(b, 11, anna), record(a, 12, anna), record(b, 13, anna)]);
    expect(new Set(after).size).toBe(1);
    expect(after).not.toContain(id);
    expect(await nameOf(a, 1)).toBeNull();
    expect(await Promise.all(machines.map((machine) => machine.stop()))).toEqual([0, 0]);
  });

  it('refuse the tokens of an actor who was erased on the other at once', async () => {
    const env = await newDatabase('own');
    const [a, b] = await startTwo('own', env);
    const token = async (role: string, name: string, { dataDir }: Machine) => {
      const made = startCommandProcess(['token', '--role', role, '--name', name], { ...env, DATA_DIR: dataDir });
      if ((await made.ended) !== 0) throw new Error(made.written());
      const [, actor = ''] = /For actor (\S+)/.exec(made.written()) ?? [];
      const [word = ''] = /^ey\S+$/m.exec(made.written()) ?? [];
      return { token: word, actor };
    };
    const anna = await token('recorder', 'Anna de Vries', a);
    const boss = await token('administrator', 'Boss', b);

    expect(await record(b, 0, anna.token)).toBe(anna.actor);
    expect(await nameOf(a, 0)).toBe('Anna de Vries');
    await erase(b, anna.actor, boss.token);
    expect((await a.ask('{ __typename }', {}, anna.token)).status).toBe(401);
    expect((await b.ask('{ __typename }', {}, anna.token)).status).toBe(401);
    expect(await nameOf(a, 0)).toBeNull();
    expect((await a.ask('{ __typename }', {}, boss.token)).status).toBe(200);
    expect(await Promise.all([a.stop(), b.stop()])).toEqual([0, 0]);
  });
});
