import type { SubjectKind } from '../../events/primitives.js';
import { tabulateMoments, tabulateScales } from '../../projections/tabulation/cross-tab.js';
import type { SubjectFilter } from '../../projections/statements/queries/population.js';
import type { Moment } from '../../src/time/moment.js';
import type { At } from '../moments/at.js';
import type { TableAxes } from './axis.js';
import type { Context } from '../context.js';
import { AxisEntry, CrossTab } from './cross-tab.js';
import { digestOf } from '../paging/cursor.js';
import { type ResolvedScale, resolveScaleOrEmpty } from '../scales/resolved-scale.js';
import { periodsDefinedBy } from '../periods/loaders.js';

export interface CrossTabRequest extends TableAxes {
  readonly kind: SubjectKind;
  readonly at: At | null;
  readonly filter: SubjectFilter;
}

const entries = (keys: readonly string[], scale: ResolvedScale): AxisEntry[] =>
  keys.map((key) => scale.level(key)).map((level) => new AxisEntry(level.key, level.label, level, null));

/** Asks the read models for the table and labels its rows and columns. The arguments have been checked. */
export async function buildCrossTab(request: CrossTabRequest, context: Context): Promise<CrossTab> {
  return 'scale' in request.columns
    ? ofScales(request, request.columns.scale, context)
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

async function ofScales(request: CrossTabRequest, columns: string, context: Context): Promise<CrossTab> {
  const { kind, rows, at, filter } = request;
  const moment = await context.moment(at, 'at');
  const rowScale = await resolveScaleOrEmpty(rows, kind, moment, context);
  const columnScale = await resolveScaleOrEmpty(columns, kind, moment, context);
  const question = { kind, filter, rowScale: rows, rows: rowScale.levels.map(({ key }) => key) };
  const columnKeys = columnScale.levels.map(({ key }) => key);
  const table = await tabulateScales(context.read, question, columns, columnKeys, moment);
  const moments = table.columnLevels.map(() => moment);
  const digest = digestOf([kind, rows, columns, filter, moment.asOf, moment.position]);
  const [rowEntries, columnEntries] = [entries(table.rows, rowScale), entries(table.columnLevels, columnScale)];
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
