import { defineTable, integer, optional, text, type RowOf, type TablesOf } from '../table.js';

/** A subject: whatever has a stream of its own in which statements about it are made. Its id is the position of its first event. */
export const subjectTable = defineTable('subject', {
  columns: { id: integer, kind: text, key: text, summary: optional(text) },
  primaryKey: ['id'],
  madeAt: 'id',
  indexes: [['kind', 'key']],
});
export type SubjectRow = RowOf<typeof subjectTable>;

/** One version of a statement. A row is inserted once; later only its end of knowledge is filled in. */
export const statementTable = defineTable('statement', {
  columns: {
    /** Of the event that made the version: where the version becomes known. */
    position: integer,
    subject: integer,
    scale: text,
    effective_on: text,
    /** Position of the statement's first version: of two statements on one date, the higher rank holds. */
    rank: integer,
    level: text,
    basis: text,
    reason: optional(text),
    /** JSON list. */
    evidence: text,
    event_id: text,
    recorded_at: text,
    actor: text,
    /** Position of the event that ended the version, FOREVER while none has. */
    known_until: integer,
    /** CORRECTION or WITHDRAWAL. */
    ended_by: optional(text),
    /** recordedAt of the event that ended the version. */
    ended_at: optional(text),
  },
  primaryKey: ['position'],
  madeAt: 'position',
  closedAt: 'known_until',
  indexes: [['subject', 'scale', 'effective_on', 'rank']],
});
export type StatementRow = RowOf<typeof statementTable>;

/** An adjacent pair of a known timeline whose levels differ, or its first entry, or its end by retirement. */
export const statusChangeTable = defineTable('status_change', {
  columns: {
    /** Position of the event that made the two versions neighbours. */
    known_from: integer,
    /** Which of the changes that this event made. */
    ordinal: integer,
    subject: integer,
    kind: text,
    scale: text,
    from_level: optional(text),
    to_level: optional(text),
    direction: text,
    effective_on: text,
    changed_after: optional(text),
    /** Position of the first version of the pair. */
    from_statement: optional(integer),
    /** Position of the second version of the pair; for LEAVE, of the retirement. */
    to_statement: integer,
    basis: optional(text),
    recorded_by: text,
    known_from_at: text,
    /** Position of the event that broke the pair, FOREVER while none has. */
    superseded_by: integer,
    superseded_at: optional(text),
  },
  primaryKey: ['known_from', 'ordinal'],
  madeAt: 'known_from',
  closedAt: 'superseded_by',
  indexes: [
    ['subject', 'scale', 'effective_on'],
    ['scale', 'effective_on', 'known_from', 'ordinal'],
    ['effective_on', 'known_from', 'ordinal'],
  ],
});
export type StatusChangeRow = RowOf<typeof statusChangeTable>;

export type StatementTables = TablesOf<typeof subjectTable | typeof statementTable | typeof statusChangeTable>;
