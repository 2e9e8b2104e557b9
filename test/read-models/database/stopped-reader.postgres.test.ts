import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openReadDatabase } from '../../../src/read-models/database/open.js';
import { startProxy } from '../../support/postgres/proxy.js';
import { describeOnPostgres, inSchema, testSchemas } from '../../support/postgres/shared.js';

describeOnPostgres('a program that is stopped while a large answer is on its way to it', (url) => {
  const newSchema = testSchemas(url);

  it('does not keep what it had locked', { timeout: 90_000 }, async () => {
    const schema = newSchema();
    const proxy = await startProxy(url);
    const stopped = await openReadDatabase({ engine: 'postgres', url: inSchema(proxy.url, schema) });
    const other = await openReadDatabase({ engine: 'postgres', url: inSchema(url, schema) });
    const holdUp = proxy.holdUpAfter('generate_series');
    const lost = stopped.writing
      .transaction()
      .execute(async (transaction) => {
        await transaction.updateTable('read_model_version').set({ failure: 'stopped' }).execute();
        await sql`select repeat('x', 1000) from generate_series(1, 100000)`.execute(transaction);
      })
      .then(
        () => 'committed',
        () => 'lost',
      );
    await holdUp.held;
    const write = () => other.writing.updateTable('read_model_version').set({ failure: 'other' }).execute();
    await expect
      .poll(
        () =>
          write().then(
            () => 'written',
            () => 'locked',
          ),
        { timeout: 60_000 },
      )
      .toBe('written');
    await proxy.close();
    expect(await lost).toBe('lost');
    await stopped.close();
    await other.close();
  });
});
