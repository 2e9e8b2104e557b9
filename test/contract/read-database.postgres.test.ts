import { newReadDatabase } from '../support/postgres/read-database.js';
import { describeOnPostgres } from '../support/postgres/shared.js';
import { readDatabaseContract } from './read-database.js';

describeOnPostgres('a PostgreSQL server', () => {
  readDatabaseContract('PostgreSQL', () => {
    const { readDatabase: url, drop } = newReadDatabase();
    return { url, drop };
  });
});
