import type { Kysely } from 'kysely';
import type { AnySubjectKind } from '../../events/streams.js';
import { FOREVER } from '../table.js';
import type { CellState, CurrentChange, Version } from './cell.js';
import { emptyCell } from './cell.js';
import type { StatementRow, StatementTables, StatusChangeRow, SubjectRow } from './tables.js';
import type { Direction } from './changes.js';
import { numbers, texts } from './queries/fragments.js';
import { byDateThenRank } from '../../events/statement-order.js';

/** What the fold knows of one subject: its current versions and changes, by scale. */
export interface SubjectState {
  readonly id: number;
  readonly kind: AnySubjectKind;
  readonly key: string;
  readonly cells: Map<string, CellState>;
}

export const cellOf = (state: SubjectState, scale: string): CellState => {
  const known = state.cells.get(scale);
  if (known) return known;
  const cell = emptyCell();
  state.cells.set(scale, cell);
  return cell;
};

const versionOf = (row: StatementRow): Version => ({
  position: row.position,
  rank: row.rank,
  effectiveOn: row.effective_on,
  level: row.level,
  eventId: row.event_id,
  basis: row.basis,
  actor: row.actor,
});

const changeOf = (row: StatusChangeRow, versions: ReadonlyMap<number, Version>): CurrentChange => ({
  from: row.from_statement === null ? null : (versions.get(row.from_statement) ?? null),
  to: row.to_level === null ? null : (versions.get(row.to_statement) ?? null),
  retirement: row.to_level === null ? (versions.get(row.to_statement) ?? null) : null,
  direction: row.direction as Direction,
  effectiveOn: row.effective_on,
  changedAfter: row.changed_after,
  row: { knownFrom: row.known_from, ordinal: row.ordinal },
});

function stateOf(subject: SubjectRow, statements: StatementRow[], changes: StatusChangeRow[]): SubjectState {
  const state: SubjectState = {
    id: subject.id,
    kind: subject.kind as AnySubjectKind,
    key: subject.key,
    cells: new Map(),
  };
  const versions = new Map<number, Version>();
  for (const row of statements) {
    const version = versionOf(row);
    versions.set(row.position, version);
    cellOf(state, row.scale).versions.push(version);
  }
  for (const row of changes) {
    const [cell, change] = [cellOf(state, row.scale), changeOf(row, versions)];
    if (change.to === null) cell.leave = change;
    else cell.changes.push(change);
  }
  for (const cell of state.cells.values()) {
    cell.versions.sort(byDateThenRank);
    cell.changes.sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
  }
  return state;
}

/** Reads the current versions and changes of these subjects. Subjects without a row are left out. */
export async function loadSubjectStates(
  db: Kysely<StatementTables>,
  names: readonly { kind: AnySubjectKind; key: string }[],
): Promise<SubjectState[]> {
  const subjects: SubjectRow[] = [];
  for (const [kind, group] of Map.groupBy(names, (name) => name.kind)) {
    const keys = group.map(({ key }) => key);
    const found = db.selectFrom('subject').selectAll().where('kind', '=', kind).where('key', 'in', texts(keys));
    subjects.push(...(await found.execute()));
  }
  if (subjects.length === 0) return [];
  const ids = numbers(subjects.map(({ id }) => id));
  const statements = await db
    .selectFrom('statement')
    .selectAll()
    .where('subject', 'in', ids)
    .where('known_until', '=', FOREVER)
    .execute();
  const changes = await db
    .selectFrom('status_change')
    .selectAll()
    .where('subject', 'in', ids)
    .where('superseded_by', '=', FOREVER)
    .execute();
  const statementsBySubject = Map.groupBy(statements, (row) => row.subject);
  const changesBySubject = Map.groupBy(changes, (row) => row.subject);
  return subjects.map((subject) =>
    stateOf(subject, statementsBySubject.get(subject.id) ?? [], changesBySubject.get(subject.id) ?? []),
  );
}
