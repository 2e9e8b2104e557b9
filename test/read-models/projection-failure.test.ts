import Database from 'better-sqlite3';
import { DatabaseError } from 'pg';
import { expect, it } from 'vitest';
import { isDeterministicFailure, UnplaceableEventError } from '../../events/errors/event-errors.js';
import { ReadDatabaseUnusableError } from '../../src/read-models/database/errors.js';
import {
  ProjectionError,
  readEvents,
  toProjectionFailure,
} from '../../src/read-models/projector/projection-failure.js';

const serverError = (code: string) => Object.assign(new DatabaseError('refused', 7, 'error'), { code });

const systemError = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });

it.each([
  ['an event that the history does not allow', new UnplaceableEventError('nobody registered it')],
  ['a mistake in a fold', new TypeError('undefined is not an object')],
  ['a mistake in a fold that has a code', Object.assign(new RangeError('too long'), { code: 'ERR_OUT_OF_RANGE' })],
  ['a value that is no error', 'thrown'],
  ['a row that the file refuses', new Database.SqliteError('UNIQUE', 'SQLITE_CONSTRAINT_UNIQUE')],
  ['a row that the server refuses', serverError('23505')],
])('%s is a deterministic failure', (_, error) => {
  expect(isDeterministicFailure(toProjectionFailure(error))).toBe(true);
});

it.each([
  ['a locked file', new Database.SqliteError('database is locked', 'SQLITE_BUSY')],
  ['a full disk', new Database.SqliteError('database or disk is full', 'SQLITE_FULL')],
  ['a server that shuts down', serverError('57P01')],
  ['a server that is away', new ReadDatabaseUnusableError('UNREACHABLE', 'cannot be reached')],
  ['a connection that was reset', systemError],
])('%s is not the fault of an event', (_, error) => {
  expect(toProjectionFailure(error)).toBe(error);
  expect(isDeterministicFailure(error)).toBe(false);
});

it('data of the log that is no JSON is the fault of its event, and a log that is away is not', async () => {
  await expect(readEvents(async () => JSON.parse('{not json') as unknown)).rejects.toBeInstanceOf(ProjectionError);
  await expect(readEvents(() => Promise.reject(systemError))).rejects.toBe(systemError);
});
