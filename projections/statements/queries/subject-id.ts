import type { SubjectName } from '../../../events/streams.js';
import type { ReadDatabase } from '../../read-model.js';

/** The id of a subject that was ever registered; null where none was. */
export async function subjectIdOf(db: ReadDatabase, { kind, key }: SubjectName): Promise<number | null> {
  const row = await db
    .selectFrom('subject')
    .select('id')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.id ?? null;
}
