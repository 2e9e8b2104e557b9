import { sql } from 'kysely';
import type { Basis, Evidence } from '../../../events/primitives.js';
import { numberAt, textAt } from '../../json-rows.js';
import type { Point } from '../../point.js';
import type { ReadDatabase } from '../../read-database.js';
import type { StatementRow } from '../tables.js';
import { existsOn } from '../../../events/lifetime.js';
import { cellRows, firstDate, governing, knownAt } from './fragments.js';

/** A level that holds at a point, or held in an interval of a timeline: [since, until), clipped to the lifetime. */
export interface StatusView {
  readonly subject: number;
  readonly scale: string;
  readonly level: string;
  readonly since: string;
  readonly until: string | null;
  readonly basis: Basis;
  readonly evidence: readonly Evidence[];
  readonly recordedAt: string;
  readonly actor: string;
  /** Position of the event that made the version which holds. */
  readonly position: number;
}

export interface Cell {
  readonly subject: number;
  readonly scale: string;
}

interface Row extends Pick<
  StatementRow,
  'subject' | 'scale' | 'level' | 'effective_on' | 'basis' | 'evidence' | 'recorded_at' | 'actor' | 'position'
> {
  next_on: string | null;
  registered_on: string | null;
  retired_on: string | null;
}

/** The statuses of any number of cells at one point, in one statement. Cells without a status are left out. */
export async function statusesAt(db: ReadDatabase, cells: readonly Cell[], point: Point): Promise<StatusView[]> {
  const { rows } = await sql<Row>`
    select x.subject, x.scale, x.level, x.effective_on, x.basis, x.evidence, x.recorded_at, x.actor, x.position,
      (select n.effective_on from ${sql.table('statement')} n
       where n.subject = x.subject and n.scale = x.scale and n.effective_on > x.effective_on
         and ${knownAt('n', point.position)}
       order by n.effective_on limit 1) as next_on,
      ${firstDate(sql.ref('x.subject'), 'registered', point.position)} as registered_on,
      ${firstDate(sql.ref('x.subject'), 'retired', point.position)} as retired_on
    from ${cellRows(cells)} q
    join ${sql.table('statement')} x on x.position = ${governing(numberAt('q.value', 0), textAt('q.value', 1), point)}`.execute(
    db,
  );
  return rows.flatMap((row) => {
    const lifetime = { registeredOn: row.registered_on, retiredOn: row.retired_on };
    return existsOn(lifetime, point.asOf) ? [statusOf(row, lifetime)] : [];
  });
}

const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a);

const statusOf = (row: Row, lifetime: { registeredOn: string | null; retiredOn: string | null }): StatusView => ({
  subject: row.subject,
  scale: row.scale,
  level: row.level,
  since:
    lifetime.registeredOn !== null && lifetime.registeredOn > row.effective_on
      ? lifetime.registeredOn
      : row.effective_on,
  until: earlier(row.next_on, lifetime.retiredOn),
  ...provenance(row),
});

/** What a version's row says of where it comes from. */
export const provenance = (row: Pick<StatementRow, 'basis' | 'evidence' | 'recorded_at' | 'actor' | 'position'>) => ({
  basis: row.basis as Basis,
  evidence: JSON.parse(row.evidence) as Evidence[],
  recordedAt: row.recorded_at,
  actor: row.actor,
  position: row.position,
});
