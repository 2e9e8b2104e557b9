import type { SubjectKind } from '../../events/primitives.js';
import { tabulateMoments, tabulateScales } from '../../projections/tabulation/cross-tab.js';
import type { SubjectFilter } from '../../projections/statements/queries/population.js';
import type { Moment } from '../../src/time/moment.js';
import type { At } from '../moments/at.js';
import type { Axis } from './axis.js';
import type { Context } from '../context.js';
import { AxisEntry, CrossTab } from './cross-tab.js';
import { digestOf } from '../paging/cursor.js';
import { type ResolvedScale, resolveScaleOrEmpty } from '../scales/resolved-scale.js';
import { periodsDefinedBy } from '../periods/loaders.js';

export interface CrossTabRequest {
  readonly kind: SubjectKind;
  /** Key of the row scale. */
  readonly rows: string;
  readonly columns: Axis;
  readonly at: At | null;
  readonly filter: SubjectFilter;
}

const entries = (keys: readonly string[], scale: ResolvedScale): AxisEntry[] =>
  keys.map((key) => scale.level(key)).map((level) => new AxisEntry(level.key, level.label, level, null));

/** Asks the read models for the table and labels its rows and columns. The arguments have been checked. */
export async function buildCrossTab(request: CrossTabRequest, context: Context): Promise<CrossTab> {
  return request.columns.moments == null
    ? ofScales(request, context)
    : ofMoments(request, request.columns.moments, context);
}

async function ofMoments(request: CrossTabRequest, asked: readonly At[], context: Context): Promise<CrossTab> {
  const { kind, rows, filter } = request;
  const moments: Moment[] = [];
  for (const [index, at] of asked.entries()) moments.push(await context.moment(at, `columns.moments[${index}]`));
  const scale = await resolveScaleOrEmpty(rows, kind, newest(moments), context);
  const question = { kind, filter, rowScale: rows, rows: scale.levels.map(({ key }) => key) };
  const table = await tabulateMoments(context.read, question, moments);
  const columns = await Promise.all(
    moments.map(
      async (moment, index) => new AxisEntry(String(index), await momentLabel(moment, context), null, moment),
    ),
  );
  const digest = digestOf([kind, rows, request.filter, moments.map(({ asOf, position }) => [asOf, position])]);
  return new CrossTab(table, entries(table.rows, scale), columns, moments, null, digest);
}

async function ofScales(request: CrossTabRequest, context: Context): Promise<CrossTab> {
  const { kind, rows, columns, at, filter } = request;
  const moment = await context.moment(at, 'at');
  const columnScale = columns.scale as string;
  const rowsShown = await resolveScaleOrEmpty(rows, kind, moment, context);
  const columnsShown = await resolveScaleOrEmpty(columnScale, kind, moment, context);
  const question = { kind, filter, rowScale: rows, rows: rowsShown.levels.map(({ key }) => key) };
  const columnKeys = columnsShown.levels.map(({ key }) => key);
  const table = await tabulateScales(context.read, question, columnScale, columnKeys, moment);
  const moments = table.columnLevels.map(() => moment);
  const digest = digestOf([kind, rows, columnScale, filter, moment.asOf, moment.position]);
  const [rowEntries, columnEntries] = [entries(table.rows, rowsShown), entries(table.columnLevels, columnsShown)];
  return new CrossTab(table, rowEntries, columnEntries, moments, moment, digest);
}

/**
 * The moment whose levels and labels the rows of a table over moments have: the one at the greatest position. A scale never
 * loses a level, so these are all levels of all moments.
 */
const newest = (moments: readonly Moment[]): Moment =>
  moments.reduce((best, moment) =>
    moment.position > best.position || (moment.position === best.position && moment.asOf > best.asOf) ? moment : best,
  );

async function momentLabel(moment: Moment, context: Context) {
  const period = (await periodsDefinedBy(moment.position, context)).find(({ key }) => key === moment.periodKey);
  return period?.label ?? { nl: moment.asOf, en: null };
}
