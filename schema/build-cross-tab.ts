import type { SubjectKind } from '../events/primitives.js';
import { tabulateMoments, tabulateScales } from '../projections/tabulation/cross-tab.js';
import type { SubjectFilter } from '../projections/statements/questions/population.js';
import type { Moment } from '../src/time/moment.js';
import type { At } from './at.js';
import type { Axis } from './axis.js';
import type { Context } from './context.js';
import { AxisEntry, CrossTab } from './cross-tab.js';
import { digestOf } from './cursor.js';
import { scaleAt, type ShownLevel } from './scale-book.js';

export interface CrossTabRequest {
  readonly kind: SubjectKind;
  /** Key of the row scale. */
  readonly rows: string;
  readonly columns: Axis;
  readonly at: At | null;
  readonly filter: SubjectFilter;
}

const levelEntry = (level: ShownLevel): AxisEntry => new AxisEntry(level.key, level.label, level, null);

/** Asks the read models for the table and dresses it in labels. The arguments have been checked. */
export async function buildCrossTab(request: CrossTabRequest, context: Context): Promise<CrossTab> {
  return request.columns.moments == null ? ofScales(request, context) : ofMoments(request, request.columns.moments, context);
}

async function ofMoments(request: CrossTabRequest, asked: readonly At[], context: Context): Promise<CrossTab> {
  const { kind, rows, filter } = request;
  const moments: Moment[] = [];
  for (const [index, at] of asked.entries()) moments.push(await context.moment(at, `columns.moments[${index}]`));
  const levels = await rowLevels(rows, kind, moments, context);
  const question = { kind, filter, rowScale: rows, rows: levels.map(({ key }) => key) };
  const table = await tabulateMoments(context.read, question, moments);
  const columns = await Promise.all(
    moments.map(async (moment, index) => new AxisEntry(String(index), await momentLabel(moment, context), null, moment)),
  );
  const digest = digestOf([rows, request.filter, moments.map(({ asOf, position }) => [asOf, position])]);
  return new CrossTab(table, levels.map(levelEntry), columns, moments, null, digest);
}

async function ofScales(request: CrossTabRequest, context: Context): Promise<CrossTab> {
  const { kind, rows, columns, at, filter } = request;
  const moment = await context.moment(at, 'at');
  const columnScale = columns.scale as string;
  const rowsShown = (await scaleAt(rows, kind, moment, context.loaders))?.levels ?? [];
  const columnsShown = (await scaleAt(columnScale, kind, moment, context.loaders))?.levels ?? [];
  const question = { kind, filter, rowScale: rows, rows: rowsShown.map(({ key }) => key) };
  const columnKeys = columnsShown.map(({ key }) => key);
  const table = await tabulateScales(context.read, question, columnScale, columnKeys, moment);
  const moments = columnsShown.map(() => moment);
  const digest = digestOf([rows, columnScale, filter]);
  return new CrossTab(table, rowsShown.map(levelEntry), columnsShown.map(levelEntry), moments, moment, digest);
}

/**
 * The rows of a table over moments: the levels that the scale has at any of them. Labels are those of the moment that knows
 * most, the one at the greatest position.
 */
async function rowLevels(
  rows: string,
  kind: SubjectKind,
  moments: readonly Moment[],
  { loaders }: Context,
): Promise<readonly ShownLevel[]> {
  const newest = moments.reduce((best, moment) => (moment.position > best.position ? moment : best));
  return (await scaleAt(rows, kind, newest, loaders))?.levels ?? [];
}

async function momentLabel(moment: Moment, { loaders }: Context) {
  const period = (await loaders.periods(moment.position)).find(({ key }) => key === moment.periodKey);
  return period?.label ?? { nl: moment.asOf, en: null };
}
