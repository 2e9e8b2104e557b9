import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDatabaseContract } from './read-database.js';

readDatabaseContract('SQLite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
  return {
    url: { engine: 'sqlite', path: join(directory, 'read.db') },
    drop: async () => rmSync(directory, { recursive: true, force: true }),
  };
});
