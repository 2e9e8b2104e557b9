import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openAuthority, type Authority } from '../../src/authority/authority.js';
import { openSqliteVault } from '../../src/authority/vault/sqlite/index.js';
import { runProgram } from '../../src/cli/program.js';
import { register } from '../../src/cli/commands/token.js';
import { readConfig } from '../../src/config/config.js';
import { testDirectory } from '../support/directory.js';

const root = join(import.meta.dirname, '..', '..');
const anna = ['--role', 'recorder', '--name', 'Anna de Vries', '--email', 'anna@example.org'];

const installation = (settings: Readonly<Record<string, string>> = {}) => {
  const dataDir = join(testDirectory(), 'data');
  const env = { DATA_DIR: dataDir, ...settings };
  const run = async (...args: readonly string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const stdout = { write: (text: string) => out.push(text) };
    const stderr = { write: (text: string) => err.push(text) };
    const code = await runProgram({ args: ['token', ...args], env, stdout, stderr }, [register]);
    return { code, stdout: out.join(''), stderr: err.join('') };
  };
  const issue = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const withAuthority = async <T>(work: (authority: Authority) => Promise<T>): Promise<T> => {
    const { config } = readConfig(env);
    if (!config) throw new Error('The settings are wrong.');
    const authority = await openAuthority(config, pino({ level: 'silent' }));
    try {
      return await work(authority);
    } finally {
      await authority.close();
    }
  };
  const authenticate = (token: string) => withAuthority((authority) => authority.authenticate([`Bearer ${token}`]));
  const modeOf = (...path: readonly string[]) => statSync(join(dataDir, ...path)).mode & 0o777;
  return { dataDir, env, run, issue, authenticate, withAuthority, modeOf, keys: join(dataDir, 'keys') };
};

const actorOf = (token: string): string => decodeJwt(token).sub ?? '';

describe('the command token', () => {
  it('issues a token that the server accepts, and prints nothing else on stdout', async () => {
    const { run, authenticate } = installation();
    const { code, stdout, stderr } = await run(...anna);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const token = stdout.trim();
    expect(stderr).toContain(actorOf(token));
    const identity = await authenticate(token);
    expect(identity).toMatchObject({ actor: actorOf(token), roles: ['recorder'] });
    expect(stderr).toContain(identity?.expiresAt.toISOString().slice(0, -5));
  });

  it('keeps who somebody is out of the token and in the vault', async () => {
    const { dataDir, issue } = installation();
    const token = await issue(...anna);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: expect.any(String) as string });
    const { iat, exp, sub, ...rest } = decodeJwt(token);
    expect(rest).toEqual({ iss: 'peildatum', aud: 'peildatum', roles: ['recorder'] });
    expect(sub).toMatch(/^[\da-f-]{36}$/);
    expect(Number(exp) - Number(iat)).toBe(30 * 86_400);
    const vault = openSqliteVault(join(dataDir, 'vault.db'));
    expect(await vault.namesOf([actorOf(token)])).toEqual(new Map([[actorOf(token), 'Anna de Vries']]));
    await vault.close();
  });

  it('makes a key pair once, that only its user can sign with', async () => {
    const { dataDir, issue, keys, modeOf } = installation();
    const [one, other] = [await issue(...anna), await issue('--role', 'reader', '--name', 'B')];
    expect(decodeProtectedHeader(one).kid).toBe(decodeProtectedHeader(other).kid);
    expect(actorOf(one)).not.toBe(actorOf(other));
    expect(readdirSync(keys).toSorted()).toEqual(['jwks.json', 'signing.json']);
    expect([modeOf('keys'), modeOf('keys', 'signing.json'), modeOf('vault.db')]).toEqual([0o700, 0o600, 0o600]);
    expect(readFileSync(join(keys, 'jwks.json'), 'utf8')).not.toContain('"d"');
    chmodSync(join(dataDir, 'keys', 'signing.json'), 0o644);
    await issue('--role', 'reader', '--name', 'C');
    expect(modeOf('keys', 'signing.json')).toBe(0o600);
  });

  it('makes one key pair however many processes want one at once', async () => {
    const { env, authenticate } = installation();
    const issue = async () => {
      const args = [join(root, 'dist', 'src', 'cli.js'), 'token', ...anna];
      return (await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } })).stdout.trim();
    };
    const tokens = await Promise.all(Array.from({ length: 6 }, issue));
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1);
    for (const token of tokens) expect((await authenticate(token))?.actor).toBe(actorOf(token));
  });

  it('issues several roles, for as long as is said, under the claim that is set', async () => {
    const { issue, authenticate } = installation({
      AUTH_ROLES_CLAIM: 'realm_access.roles',
      AUTH_ISSUER: 'us',
      AUTH_AUDIENCE: 'here',
    });
    const token = await issue('--role', 'reader, publisher', '--name', 'B', '--days', '1');
    expect(decodeJwt(token)).toMatchObject({ iss: 'us', aud: 'here' });
    const identity = await authenticate(token);
    expect(identity?.roles).toEqual(['reader', 'publisher']);
    expect(Number(identity?.expiresAt) - Date.now()).toBeLessThanOrEqual(86_400_000);
  });

  it('issues another token to the same actor, who may have another name by now', async () => {
    const { dataDir, issue } = installation();
    const actor = actorOf(await issue(...anna));
    expect(actorOf(await issue('--role', 'publisher', '--actor', actor, '--name', 'Anna Jansen'))).toBe(actor);
    expect(actorOf(await issue('--role', 'reader', '--actor', actor))).toBe(actor);
    const vault = openSqliteVault(join(dataDir, 'vault.db'));
    expect((await vault.namesOf([actor])).get(actor)).toBe('Anna Jansen');
    await vault.close();
  });

  it('issues none to an actor who was erased, whose tokens are no longer accepted', async () => {
    const { dataDir, issue, run, authenticate } = installation();
    const token = await issue(...anna);
    await authenticate(token);
    const vault = openSqliteVault(join(dataDir, 'vault.db'));
    await vault.erase(actorOf(token));
    await vault.close();
    await expect(authenticate(token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The token is not valid.',
    });
    const again = await run('--role', 'reader', '--actor', actorOf(token));
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('was erased') as string });
    for (const name of readdirSync(dataDir).filter((file) => file.startsWith('vault'))) {
      expect(readFileSync(join(dataDir, name), 'latin1')).not.toMatch(/Anna|anna@/);
    }
  });

  it('signs with a new key when the old one is taken away, and the old tokens hold until the public key goes too', async () => {
    const { issue, withAuthority, keys } = installation();
    const old = await issue(...anna);
    await withAuthority(async (authority) => {
      const authenticate = (token: string) => authority.authenticate([`Bearer ${token}`]);
      rmSync(join(keys, 'signing.json'));
      const fresh = await issue('--role', 'reader', '--name', 'B');
      expect(decodeProtectedHeader(fresh).kid).not.toBe(decodeProtectedHeader(old).kid);
      expect((await authenticate(old))?.actor).toBe(actorOf(old));
      expect((await authenticate(fresh))?.actor).toBe(actorOf(fresh));
      const { kid } = decodeProtectedHeader(fresh);
      const set = JSON.parse(readFileSync(join(keys, 'jwks.json'), 'utf8')) as { keys: { kid: string }[] };
      writeFileSync(join(keys, 'jwks.json'), JSON.stringify({ keys: set.keys.filter((key) => key.kid === kid) }));
      await expect(authenticate(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      expect((await authenticate(fresh))?.actor).toBe(actorOf(fresh));
    });
  });

  it('issues none that would not be accepted', async () => {
    const elsewhere = installation({ AUTH_JWKS: 'https://id.example.org/certs' });
    expect(await elsewhere.run(...anna)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('AUTH_JWKS') as string,
    });
    const otherwise = installation({ AUTH_ALGORITHMS: 'RS256' });
    expect(await otherwise.run(...anna)).toMatchObject({ code: 1, stderr: expect.stringContaining('EdDSA') as string });
    const { issue, run, keys } = installation();
    await issue(...anna);
    renameSync(join(keys, 'jwks.json'), join(keys, 'away.json'));
    expect(await run(...anna)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('signing.json') as string,
    });
  });

  it.each([
    [['--name', 'A'], 2],
    [['--role', 'recorder'], 1],
    [['--role', 'recorder', '--name', ' '], 1],
    [['--role', 'boss', '--name', 'A'], 2],
    [['--role', 'recorder,', '--name', 'A'], 2],
    [[...anna, '--days', '0'], 2],
    [[...anna, '--days', '1.5'], 2],
    [[...anna, '--days', '3651'], 2],
    [[...anna, '--actor', 'anna'], 2],
    [[...anna, '--actor', '0190b1c0-0000-4000-8000-000000000000'], 1],
  ])('says what is wrong with %j', async (args, code) => {
    const result = await installation().run(...args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/\w/);
  });
});
