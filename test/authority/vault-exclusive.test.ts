import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VaultUrl } from '../../src/authority/vault/open.js';
import { startFixture } from '../support/child.js';
import { testDirectory } from '../support/directory.js';
import { describeOnPostgres, inSchema, testSchemas } from '../support/postgres/shared.js';

const directory = testDirectory();

async function expectOneByOne(url: VaultUrl): Promise<void> {
  const file = join(directory, `${url.engine}.lock`);
  const children = [1, 2, 3].map(() => startFixture('exclusive-in-vault.mjs', JSON.stringify(url), file, '25'));
  await Promise.all(children.map((child) => child.ended()));
  expect(children.map(({ lines }) => lines)).toEqual([['done'], ['done'], ['done']]);
}

describe('what must be run exclusively', () => {
  it('is done by one process at a time, with the vault in a file', () =>
    expectOneByOne({ engine: 'sqlite', path: join(directory, 'vault.db') }));

  describeOnPostgres('with the vault on PostgreSQL', (url) => {
    const newSchema = testSchemas(url);
    it('is done by one process at a time', () =>
      expectOneByOne({ engine: 'postgres', url: inSchema(url, newSchema()) }));
  });
});
