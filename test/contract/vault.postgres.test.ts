import type { Vault } from '../../src/authority/vault/port.js';
import { openVault } from '../../src/authority/vault/open.js';
import { describeOnPostgres, dropSchema, inSchema, newSchema } from '../support/postgres/shared.js';
import { vaultContract } from './vault.js';

describeOnPostgres('a PostgreSQL server', (url) => {
  vaultContract('PostgreSQL', {
    async open() {
      const schema = newSchema();
      const opened: Vault[] = [];
      const another = async () => {
        const vault = await openVault({ engine: 'postgres', url: inSchema(url, schema) });
        opened.push(vault);
        return vault;
      };
      // All at once, on a schema that is not there yet.
      const [vault] = await Promise.all([another(), another(), another()]);
      return {
        vault,
        another,
        async dispose() {
          await Promise.all(opened.map((each) => each.close()));
          await dropSchema(url, schema);
        },
      };
    },
  });
});
