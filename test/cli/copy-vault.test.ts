import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVault } from '../../src/authority/vault/open.js';
import { register } from '../../src/cli/commands/copy-vault.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { describeOnPostgres, inSchema, testSchemas } from '../support/postgres/shared.js';

const directory = testDirectory();
let number = 0;
const newFile = (): string => join(directory, `vault-${(number += 1)}.db`);
const copyVault = (from: string, to: string) => runCommand(register, ['copy-vault', '--from', from, '--to', to], {});

const ISSUER = 'https://id.example.org';
const anna = { name: 'Anna de Vries', email: 'anna@example.org' };

async function fill(path: string): Promise<string> {
  const vault = await openVault({ engine: 'sqlite', path });
  const id = await vault.findOrAddActor(ISSUER, 'user-1', anna);
  await vault.saveActor('own', { name: 'Own', email: null });
  await vault.erase('gone');
  await vault.close();
  return id;
}

describeOnPostgres('peildatum copy-vault', (url) => {
  const newSchema = testSchemas(url);

  it('moves a vault to PostgreSQL and back, with the ids that people have', async () => {
    const [path, back] = [newFile(), newFile()];
    const id = await fill(path);
    const onServer = inSchema(url, newSchema());
    const there = await copyVault(`sqlite:${path}`, onServer);
    expect(there).toMatchObject({ code: 0, stderr: '' });
    expect(there.stdout).toMatch(/^Copied and compared 3 entries\.\nSet VAULT_URL, and remove '.*vault-1\.db'/);
    const vault = await openVault({ engine: 'postgres', url: onServer });
    expect(await vault.findOrAddActor(ISSUER, 'user-1', anna)).toBe(id);
    const entries = await vault.entries();
    await vault.close();

    expect(await copyVault(onServer, `sqlite:${back}`)).toMatchObject({ code: 0, stderr: '' });
    const again = await openVault({ engine: 'sqlite', path: back });
    expect(await again.entries()).toEqual(entries);
    await again.close();

    const twice = await copyVault(`sqlite:${path}`, onServer);
    expect(twice).toMatchObject({ code: 1, stdout: '' });
    expect(twice.stderr).toContain('The vault of --to holds people already, so nothing was copied');
  });
});

describe('peildatum copy-vault', () => {
  it('makes nothing where there is nothing to copy', async () => {
    const [none, to] = [newFile(), newFile()];
    const { code, stderr } = await copyVault(`sqlite:${none}`, `sqlite:${to}`);
    expect({ code, made: existsSync(none) || existsSync(to) }).toEqual({ code: 1, made: false });
    expect(stderr).toContain(`There is no vault at '${none}'.`);
  });

  it('refuses what is no vault, and the same vault twice, and repeats no password', async () => {
    const path = newFile();
    await fill(path);
    expect((await copyVault(`sqlite:${path}`, `sqlite:${directory}/./${path.split('/').at(-1)}`)).stderr).toContain(
      '--from and --to name the same vault.',
    );
    const foreign = await copyVault(`sqlite:${path}`, 'mysql://peil:secret@db/people');
    expect(foreign.stderr).toMatch(/^--to is "mysql:\/\/\*\*\*@db\/people"; it accepts sqlite:path or postgres:/);
  });
});
