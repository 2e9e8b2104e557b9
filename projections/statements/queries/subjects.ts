import { sql } from 'kysely';
import type { AnySubjectKind } from '../../../events/streams.js';
import type { Point } from '../../point.js';
import type { ReadDatabase } from '../../read-database.js';
import { existsOn } from '../../../events/lifetime.js';
import { firstDate, governing, knownAt, numbers, texts } from './fragments.js';

/** A subject as known at a point. */
export interface SubjectView {
  readonly id: number;
  readonly kind: AnySubjectKind;
  readonly key: string;
  readonly summary: string | null;
  readonly name: string;
  readonly registeredOn: string;
  readonly retiredOn: string | null;
  readonly exists: boolean;
}

interface Row {
  id: number;
  kind: AnySubjectKind;
  key: string;
  summary: string | null;
  registered_on: string | null;
  retired_on: string | null;
  name: string | null;
}

/**
 * The subjects among these whose registration is known by the position, whatever the date (time rule 5). Before its first name
 * takes effect a subject bears that first name, and its key where no name is known at all.
 */
export async function subjectsAt(
  db: ReadDatabase,
  which: { readonly ids: readonly number[] } | { readonly kind: AnySubjectKind; readonly keys?: readonly string[] },
  point: Point,
): Promise<SubjectView[]> {
  const id = sql.ref('s.id');
  const chosen =
    'ids' in which
      ? sql`s.id in ${numbers(which.ids)}`
      : which.keys
        ? sql`s.kind = ${which.kind} and s.key in ${texts(which.keys)}`
        : sql`s.kind = ${which.kind}`;
  const { rows } = await sql<Row>`
    select s.id, s.kind, s.key,
      coalesce(
        (select x.text from ${sql.table('summary')} x where x.subject = s.id and x.position <= ${point.position}
         order by x.position desc limit 1),
        s.summary) as summary,
      ${firstDate(id, 'registered', point.position)} as registered_on,
      ${firstDate(id, 'retired', point.position)} as retired_on,
      coalesce(
        (select n.level from ${sql.table('statement')} n where n.position = ${governing(id, sql.lit('name'), point)}),
        (select f.level from ${sql.table('statement')} f
         where f.subject = s.id and f.scale = 'name' and ${knownAt('f', point.position)}
         order by f.effective_on, f.rank desc limit 1)) as name
    from ${sql.table('subject')} s
    where ${chosen} and s.id <= ${point.position}
    order by s.id`.execute(db);
  return rows.flatMap(({ registered_on: registeredOn, retired_on: retiredOn, ...row }) => {
    if (registeredOn === null) return [];
    const exists = existsOn({ registeredOn, retiredOn }, point.asOf);
    return [{ ...row, name: row.name ?? row.key, registeredOn, retiredOn, exists }];
  });
}

/** The keys among these that were ever registered, at any position: the vocabulary that arguments are checked against. */
export async function registeredKeys(
  db: ReadDatabase,
  kind: AnySubjectKind,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('subject')
    .select('key')
    .where('kind', '=', kind)
    .where('key', 'in', texts(keys))
    .execute();
  return new Set(rows.map(({ key }) => key));
}
