import { basisCounts, inScope, type Counted } from '../fold/counts.js';
import type { Filter } from '../fold/filter.js';
import { subjectOf, type Log, type Moment } from '../fold/log.js';
import { shownMoment, type MomentRequest } from '../fold/moments.js';
import { scaleAt } from '../fold/scales.js';
import { nameAt, registeredAt } from '../fold/subjects.js';
import { levelFields, momentFields, shownLevel } from './shown.js';

export const crossTabDocument = `
  query ($kind: SubjectKind!, $rows: Axis!, $columns: Axis!, $at: At, $filter: SubjectFilter) {
    crossTab(subjects: $kind, rows: $rows, columns: $columns, at: $at, filter: $filter) {
      moment { ...momentFields }
      rows { key level { ...levelFields } moment { asOf } }
      columns { key level { ...levelFields } moment { ...momentFields } }
      cells {
        count share basis { basis count }
        subjects(first: 200) { totalCount nodes { key name moment { asOf position } } }
      }
      rowTotals columnTotals total unassessed unplaced inScope basis { basis count }
    }
  } ${levelFields} ${momentFields}`;

/**
 * The levels in the order in which a table shows them: those that the scale has at its newest moment, as far as it has a
 * list of them, and after those whatever else is counted, so that everybody counted has a cell.
 */
function levelsOf(log: Log, scale: string, newest: Moment, counted: readonly (string | undefined)[]): string[] {
  const defined = scaleAt(log, scale, newest.position)?.levels.map(({ key }) => key);
  const named = scale === 'care-office' ? 'ORGANISATION' : scale === 'parent' ? 'REGION' : null;
  const registered = named ? registeredAt(log, named, newest.position).map((stream) => subjectOf(stream).key) : [];
  const others = counted.filter((level) => level !== undefined).sort();
  return [...new Set([...(defined ?? registered), ...others])];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The moment whose labels a table bears: the one that knows most, and of several of those the latest date. */
const newestOf = (moments: readonly Moment[]): Moment =>
  moments.reduce((newest, moment) =>
    moment.position > newest.position || (moment.position === newest.position && moment.asOf > newest.asOf)
      ? moment
      : newest,
  );

function shownCell(log: Log, members: readonly Counted[], columnTotal: number, moment: Moment) {
  const subjects = members.map(({ stream }) => ({
    key: subjectOf(stream).key,
    name: nameAt(log, stream, moment),
    moment: { asOf: moment.asOf, position: String(moment.position) },
  }));
  return {
    count: members.length,
    share: columnTotal === 0 ? null : members.length / columnTotal,
    basis: basisCounts(members),
    subjects: { totalCount: subjects.length, nodes: subjects },
  };
}

/** What is the same for tables of either kind, when it is known who is in which cell: members[row][column]. */
function body(log: Log, members: readonly (readonly Counted[])[][], moments: readonly Moment[]) {
  const columnTotals = moments.map((_, column) => sum(members.map((row) => row[column]?.length ?? 0)));
  const rowTotals = members.map((row) => sum(row.map((cell) => cell.length)));
  return {
    cells: members.map((row) =>
      row.map((cell, column) => shownCell(log, cell, columnTotals[column] as number, moments[column] as Moment)),
    ),
    rowTotals,
    columnTotals,
    total: sum(rowTotals),
    basis: basisCounts(members.flat(2)),
  };
}

const levelEntry = (log: Log, scale: string, key: string, moment: Moment) => ({
  key,
  level: shownLevel(log, scale, key, moment),
});

export interface Table {
  readonly kind: 'REGION' | 'PROJECT';
  readonly rows: string;
  readonly filter: Filter;
}

/** A scale at several moments. */
export function shownOverMoments(
  log: Log,
  { kind, rows, filter }: Table,
  requests: readonly MomentRequest[],
  today: string,
) {
  const shown = requests.map((request) => shownMoment(log, request, today));
  const moments = shown.map(({ asOf, position }) => ({ asOf, position: Number(position) }));
  const counted = moments.map((moment) => inScope(log, kind, filter, [rows], moment));
  const levels = levelsOf(
    log,
    rows,
    newestOf(moments),
    counted.flat().map(({ on }) => on[0]?.level),
  );
  const members = levels.map((level) => counted.map((column) => column.filter(({ on }) => on[0]?.level === level)));
  return {
    moment: null,
    rows: levels.map((level) => ({ ...levelEntry(log, rows, level, newestOf(moments)), moment: null })),
    columns: shown.map((moment, index) => ({ key: String(index), level: null, moment })),
    ...body(log, members, moments),
    unassessed: counted.map((column) => column.filter(({ on }) => !on[0]).length),
    unplaced: 0,
    inScope: counted.map((column) => column.length),
  };
}

/** A scale against another at one moment. */
export function shownOfScales(
  log: Log,
  { kind, rows, filter }: Table,
  columns: string,
  request: MomentRequest,
  today: string,
) {
  const shown = shownMoment(log, request, today);
  const moment = { asOf: shown.asOf, position: Number(shown.position) };
  const counted = inScope(log, kind, filter, [rows, columns], moment);
  const placed = counted.filter(({ on: [row, column] }) => row && column);
  const rowLevels = levelsOf(
    log,
    rows,
    moment,
    placed.map(({ on }) => on[0]?.level),
  );
  const columnLevels = levelsOf(
    log,
    columns,
    moment,
    placed.map(({ on }) => on[1]?.level),
  );
  const members = rowLevels.map((row) =>
    columnLevels.map((column) => placed.filter(({ on }) => on[0]?.level === row && on[1]?.level === column)),
  );
  return {
    moment: shown,
    rows: rowLevels.map((level) => ({ ...levelEntry(log, rows, level, moment), moment: null })),
    columns: columnLevels.map((level) => ({ ...levelEntry(log, columns, level, moment), moment: null })),
    ...body(
      log,
      members,
      columnLevels.map(() => moment),
    ),
    unassessed: [counted.filter(({ on }) => !on[0]).length],
    unplaced: counted.filter(({ on: [row, column] }) => row && !column).length,
    inScope: [counted.length],
  };
}
