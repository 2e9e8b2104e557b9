import { integer, optional, text, type TableDefinition } from '../table.js';

/** A subject: whatever has a stream of its own in which statements about it are made. Its id is the position of its first event. */
export interface SubjectRow {
  id: number;
  kind: string;
  key: string;
  summary: string | null;
}

/** One version of a statement. A row is inserted once; later only its end of knowledge is filled in. */
export interface StatementRow {
  /** Of the event that made the version: where the version becomes known. */
  position: number;
  subject: number;
  scale: string;
  effective_on: string;
  /** Position of the statement's first version: of two statements on one date, the higher rank holds. */
  rank: number;
  level: string;
  basis: string;
  reason: string | null;
  /** JSON list. */
  evidence: string;
  event_id: string;
  recorded_at: string;
  actor: string;
  /** Position of the event that ended the version, FOREVER while none has. */
  known_until: number;
  /** CORRECTION or WITHDRAWAL, with the ending event's recordedAt. */
  ended_by: string | null;
  ended_at: string | null;
}

/** An adjacent pair of a known timeline whose levels differ, or its first entry, or its end by retirement. */
export interface StatusChangeRow {
  /** Position of the event by which the pair came to stand, and which of that event's new pairs it is. */
  known_from: number;
  ordinal: number;
  subject: number;
  kind: string;
  scale: string;
  from_level: string | null;
  to_level: string | null;
  direction: string;
  effective_on: string;
  changed_after: string | null;
  /** Positions of the versions that make the pair; for LEAVE the second is the retirement. */
  from_statement: number | null;
  to_statement: number;
  basis: string | null;
  recorded_by: string;
  known_from_at: string;
  /** Position of the event that broke the pair, FOREVER while none has. */
  superseded_by: number;
  superseded_at: string | null;
}

export const subjectTable: TableDefinition = {
  name: 'subject',
  columns: [integer('id'), text('kind'), text('key'), optional(text('summary'))],
  primaryKey: ['id'],
  madeAt: 'id',
  indexes: [['kind', 'key']],
};

export const statementTable: TableDefinition = {
  name: 'statement',
  columns: [
    integer('position'),
    integer('subject'),
    text('scale'),
    text('effective_on'),
    integer('rank'),
    text('level'),
    text('basis'),
    optional(text('reason')),
    text('evidence'),
    text('event_id'),
    text('recorded_at'),
    text('actor'),
    integer('known_until'),
    optional(text('ended_by')),
    optional(text('ended_at')),
  ],
  primaryKey: ['position'],
  madeAt: 'position',
  closedAt: 'known_until',
  indexes: [['subject', 'scale', 'effective_on', 'rank']],
};

export const statusChangeTable: TableDefinition = {
  name: 'status_change',
  columns: [
    integer('known_from'),
    integer('ordinal'),
    integer('subject'),
    text('kind'),
    text('scale'),
    optional(text('from_level')),
    optional(text('to_level')),
    text('direction'),
    text('effective_on'),
    optional(text('changed_after')),
    optional(integer('from_statement')),
    integer('to_statement'),
    optional(text('basis')),
    text('recorded_by'),
    text('known_from_at'),
    integer('superseded_by'),
    optional(text('superseded_at')),
  ],
  primaryKey: ['known_from', 'ordinal'],
  madeAt: 'known_from',
  closedAt: 'superseded_by',
  indexes: [
    ['subject', 'scale', 'effective_on'],
    ['scale', 'effective_on', 'known_from', 'ordinal'],
    ['effective_on', 'known_from', 'ordinal'],
  ],
};
