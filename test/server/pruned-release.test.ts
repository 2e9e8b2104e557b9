import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { testDirectory } from '../support/directory.js';
import { startInstallation } from '../support/installation.js';

const dataDir = testDirectory();

it('a server whose read models were pruned by another release sends clients on, and says nothing of its inside', async () => {
  const installation = await startInstallation(dataDir);
  try {
    // What a newer release leaves of this one's once it has switched and pruned.
    const db = new Database(join(dataDir, 'read.db'));
    db.prepare("UPDATE read_model_version SET layout = 'of another release'").run();
    db.close();
    const { text } = await installation.answer({ query: '{ periods { key } }' });
    const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors).toEqual([
      { message: expect.stringContaining('Try again'), extensions: expect.objectContaining({ code: 'UNAVAILABLE' }) },
    ]);
  } finally {
    await installation.stop();
  }
}, 60_000);
