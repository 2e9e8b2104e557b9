import type { Kysely } from 'kysely';
import type { SubjectName } from '../../events/streams.js';
import type { TablesOf } from '../table.js';
import type { subjectTable } from './tables.js';

/** The id of a subject that was ever registered; null where none was. */
export async function subjectIdOf(
  db: Kysely<TablesOf<typeof subjectTable>>,
  { kind, key }: SubjectName,
): Promise<number | null> {
  const row = await db
    .selectFrom('subject')
    .select('id')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.id ?? null;
}
