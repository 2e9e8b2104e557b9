import Database from 'better-sqlite3';
import type { Json } from '../../../events/envelope.js';
import { databaseFaults, openToInspect } from '../../files/database-copy.js';
import { BLOCK_LEVEL } from '../../proofs/merkle/block.js';
import { emptyRoot } from '../../proofs/merkle/hash.js';
import type { HashedEvent } from '../../proofs/verification/event-verifier.js';
import { verifyLog, type LogReport, type VerifyLogOptions } from '../../proofs/verification/verify-log.js';
import type { FindSubtreeHash } from '../../proofs/verification/tree-verifier.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';
import { APPLICATION_ID, ddlBetween, SCHEMA_VERSION, TREE_SINCE } from './schema.js';

/** The result of verifying a log's file. */
export interface LogFileReport extends LogReport {
  /** What is wrong, in sentences: with the file, with the tables beside the events, and with the events. */
  readonly problems: readonly string[];
}

/** Events per read. */
const PAGE = 500;

/**
 * The schema that the file must have. A log of an earlier release is sound with the tables of its version: it is
 * migrated when it is opened.
 */
const kindOf = (version: number) => ({
  applicationId: APPLICATION_ID,
  schemaVersion: SCHEMA_VERSION,
  ddl: ddlBetween(0, Math.max(1, version)),
  called: 'a Peildatum log',
});

const nothing: Omit<LogFileReport, 'problems'> = {
  events: 0,
  position: 0,
  recordedAt: null,
  lastLeafHash: null,
  root: emptyRoot().toString('hex'),
  faults: [],
  faultCount: 0,
};

/**
 * The tables beside the events must follow from them: the revisions of streams, and the requests of idempotency keys.
 * Each statement counts the rows that do not.
 */
const besides: readonly (readonly [string, string])[] = [
  [
    'SELECT count(*) FROM stream WHERE revision IS NOT (SELECT max(revision) FROM event WHERE event.stream = stream.name)',
    'streams are said to have another last revision than their events give',
  ],
  [
    `SELECT count(*) FROM event
     LEFT JOIN event AS previous ON previous.position = event.position - 1
     LEFT JOIN request ON request.idempotency_key = event.idempotency_key
     WHERE event.idempotency_key IS NOT NULL
       AND (previous.idempotency_key IS NOT event.idempotency_key
         OR previous.request_digest IS NOT event.request_digest)
       AND (request.first_position IS NOT event.position OR request.digest IS NOT event.request_digest)`,
    'requests with an idempotency key are not remembered as they were made',
  ],
  [
    `SELECT count(*) FROM request JOIN event ON event.position = request.first_position
     WHERE event.idempotency_key IS NOT request.idempotency_key`,
    'idempotency keys are remembered that no event bears',
  ],
];

/** Stored hashes must be of events that the log holds. */
const beyond: (typeof besides)[number] = [
  `SELECT count(*) FROM subtree
   WHERE level NOT BETWEEN ${BLOCK_LEVEL} AND 53 OR idx < 0
     OR ((idx + 1) << level) > (SELECT ifnull(max(position), 0) FROM event)`,
  'hashes of the tree are kept of events that are not there',
];

/**
 * Verifies all of a log's file without trusting anything in it. The file is opened for reading only, while nobody
 * writes to it.
 */
export async function verifyLogFile(file: string, options: VerifyLogOptions = {}): Promise<LogFileReport> {
  let db: Database.Database | undefined;
  try {
    db = openToInspect(file);
    const version = Number(db.pragma('user_version', { simple: true }));
    const faults = databaseFaults(db, kindOf(version));
    // In a damaged or foreign file the events cannot be read.
    if (faults.length > 0) return { ...nothing, problems: faults };
    const storedTree = version >= TREE_SINCE && { findSubtreeHash: storedHashes(db) };
    const report = await verifyLog(eventsOf(db), { ...options, ...storedTree });
    return { ...report, problems: [...besideFaults(db, version), ...toldOf(report)] };
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return { ...nothing, problems: [`it is damaged or is no SQLite database (${error.message})`] };
  } finally {
    db?.close();
  }
}

/** All events in the order of the log. Data that is not JSON counts as null, and its hash then fails. */
function* eventsOf(db: Database.Database): Generator<HashedEvent> {
  const page = db.prepare<[number], EventRow & { readonly hash: Buffer }>(
    `SELECT ${eventColumns}, hash FROM event WHERE position > ? ORDER BY position LIMIT ${PAGE}`,
  );
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = page.all(after);
    for (const { hash, ...row } of rows)
      yield { event: rowToStoredEvent({ ...row, data: jsonOrNull(row.data) }), hash };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

function jsonOrNull(text: string): string {
  try {
    JSON.parse(text) satisfies Json;
    return text;
  } catch {
    return 'null';
  }
}

function storedHashes(db: Database.Database): FindSubtreeHash {
  const hash = db.prepare<[number, number], Buffer>('SELECT hash FROM subtree WHERE level = ? AND idx = ?').pluck();
  return async ({ level, index }) => hash.get(level, index) ?? null;
}

function besideFaults(db: Database.Database, version: number): string[] {
  const questions = version >= TREE_SINCE ? [...besides, beyond] : besides;
  return questions.flatMap(([count, what]) => {
    const rows = Number(db.prepare(count).pluck().get());
    return rows === 0 ? [] : [`${rows} ${what}`];
  });
}

/**
 * What is wrong with a log's file, apart from its events: with the file itself and with the tables beside the events.
 * Other processes may write to it meanwhile.
 */
export function logFileFaults(file: string): string[] {
  const db = openToInspect(file);
  try {
    // All statements read one state of the file.
    db.exec('BEGIN');
    const version = Number(db.pragma('user_version', { simple: true }));
    const faults = databaseFaults(db, kindOf(version));
    return faults.length > 0 ? faults : besideFaults(db, version);
  } finally {
    db.close();
  }
}

function toldOf({ faults, faultCount }: LogReport): string[] {
  const told = faults.map(({ position, message }) => `the event at position ${position} ${message}`);
  return faultCount > faults.length ? [...told, `and ${faultCount - faults.length} more of the kind`] : told;
}
