import type Database from 'better-sqlite3';
import type { ExpectedRevision } from '../port.js';

/**
 * The last revision of each stream. It is changed by compare-and-set in one statement, so no earlier read is relied
 * on.
 */
export interface Revisions {
  /**
   * Advances a stream by `count` revisions (possibly none) if it has the expected one.
   * @returns its last revision afterwards (-1: it has no events yet), or null if it has another revision than
   * expected
   */
  advance(stream: string, expected: ExpectedRevision, count: number): number | null;
  /** The last revision; null if the stream does not exist. */
  current(stream: string): number | null;
}

export function newStreamRevisions(db: Database.Database): Revisions {
  const create = db.prepare('INSERT INTO stream (name, revision) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const compareAndSet = db
    .prepare<[number, string, number], number>(
      'UPDATE stream SET revision = revision + ? WHERE name = ? AND revision = ? RETURNING revision',
    )
    .pluck();
  const createOrSet = db
    .prepare<{ name: string; count: number }, number>(
      `INSERT INTO stream (name, revision) VALUES (:name, :count - 1)
       ON CONFLICT DO UPDATE SET revision = revision + :count RETURNING revision`,
    )
    .pluck();
  const select = db.prepare<[string], number>('SELECT revision FROM stream WHERE name = ?').pluck();
  const current = (stream: string): number | null => select.get(stream) ?? null;

  return {
    advance(stream, expected, count) {
      if (expected === 'ANY')
        return count === 0 ? (current(stream) ?? -1) : (createOrSet.get({ name: stream, count }) ?? null);
      if (expected !== 'NO_STREAM') return compareAndSet.get(count, stream, expected) ?? null;
      // A stream begins with its first event: expecting no stream and appending nothing must not create it.
      if (count === 0) return current(stream) === null ? -1 : null;
      return create.run(stream, count - 1).changes === 1 ? count - 1 : null;
    },
    current,
  };
}
