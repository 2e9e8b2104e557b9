import type { ReadDatabase } from '../../read-database.js';
import type { StatementRow } from '../tables.js';
import type { StatedLevel } from '../timeline.js';
import { numbers, texts } from './fragments.js';
import { provenance } from './statuses.js';

/** A version of a statement with its end, as far as it is seen from a position: later ends have not happened there. */
export interface StatementVersion extends StatedLevel, ReturnType<typeof provenance> {
  readonly subject: number;
  readonly scale: string;
  readonly reason: string | null;
  readonly endedBy: 'CORRECTION' | 'WITHDRAWAL' | null;
  readonly endedAt: string | null;
  /** Position of the ending event. */
  readonly endedAtPosition: number | null;
}

/** Every version ever known by the position, of these subjects on these scales (all scales where null), oldest first. */
export async function versionsBy(
  db: ReadDatabase,
  subjects: readonly number[],
  scales: readonly string[] | null,
  position: number,
): Promise<StatementVersion[]> {
  let query = db
    .selectFrom('statement')
    .selectAll()
    .where('subject', 'in', numbers(subjects))
    .where('position', '<=', position)
    .orderBy('position');
  if (scales) query = query.where('scale', 'in', texts(scales));
  return (await query.execute()).map((row) => versionOf(row, position));
}

function versionOf(row: StatementRow, position: number): StatementVersion {
  const ended = row.known_until <= position;
  return {
    subject: row.subject,
    scale: row.scale,
    effectiveOn: row.effective_on,
    rank: row.rank,
    level: row.level,
    reason: row.reason,
    endedBy: ended ? (row.ended_by as StatementVersion['endedBy']) : null,
    endedAt: ended ? row.ended_at : null,
    endedAtPosition: ended ? row.known_until : null,
    ...provenance(row),
  };
}

/** The versions that were known at a position (time rule 1). */
export const knownOf = (versions: readonly StatementVersion[], position: number): StatementVersion[] =>
  versions.filter(
    (version) =>
      version.position <= position && (version.endedAtPosition === null || version.endedAtPosition > position),
  );

/** Why a version was stated, and where it can be checked. */
export type StatementNote = Pick<StatementRow, 'position' | 'reason' | 'evidence'>;

export const statementNotes = (db: ReadDatabase, positions: readonly number[]): Promise<StatementNote[]> =>
  db
    .selectFrom('statement')
    .select(['position', 'reason', 'evidence'])
    .where('position', 'in', numbers(positions))
    .execute();
