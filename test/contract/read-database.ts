import { describe } from 'vitest';
import { querying } from './read-database/querying.js';
import type { Place } from './read-database/database-under-test.js';
import { plans } from './read-database/plans.js';
import { versions } from './read-database/versions.js';
import { writing } from './read-database/writing.js';

/** The suite that read models pass in every dialect, each example in a new place. */
export function readDatabaseContract(name: string, newPlace: () => Place): void {
  describe(`the read database on ${name}`, () => {
    describe('writing', () => {
      writing(newPlace);
    });
    describe('versions', () => {
      versions(newPlace);
    });
    describe('querying', () => {
      querying(newPlace);
    });
    describe('plans', () => {
      plans(newPlace);
    });
  });
}
