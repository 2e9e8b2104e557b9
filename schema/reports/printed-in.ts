import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CellReference } from '../../events/formula/cell-reference.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import { reconcile } from '../../projections/reports/reconciliation.js';
import type { Moment } from '../../src/time/moment.js';
import { Explanation } from '../statuses/explanation.js';
import type { Context } from '../context.js';
import { PublishedCell } from './published-cell.js';
import { periodsDefinedBy } from '../periods/loaders.js';
import { figuresOfReport, reportsRecordedBy } from './loaders.js';

/**
 * The printed figures that counted a subject by its level on a scale, in the periods whose reference date is the date of the
 * moment. A figure counts the subject when its formula counts a cell of such a period with a condition on the scale, and the
 * subject was in that cell at the position that the report's figures are pinned to. The divisor of a share counts nobody.
 */
async function printedCellsOf(
  subject: SubjectView,
  scale: string,
  moment: Moment,
  context: Context,
): Promise<PublishedCell[]> {
  const { asOf, position } = moment;
  // The date decides, not the argument `period`: a later page, and the same node found by its id, must answer the same.
  const periods = (await periodsDefinedBy(position, context)).filter(({ referenceDate }) => referenceDate === asOf);
  if (periods.length === 0) return [];
  const keys = new Set(periods.map(({ key }) => key));
  const found: PublishedCell[] = [];
  for (const report of await reportsRecordedBy(position, context)) {
    const figures = await figuresOfReport({ report: report, position: position }, context);
    const counts = (cell: CellReference): boolean =>
      keys.has(cell.period ?? figures.period) &&
      cell.conditions.some((condition) => condition.scale === scale) &&
      figures.countedThen.members(cell).has(subject.id);
    for (const table of report.tables) {
      for (const printed of table.cells) {
        const computed = figures.figures(printed.formula);
        if (!computed.counted.some(counts)) continue;
        found.push(
          new PublishedCell(reconcile(printed, computed), { report: report.key, table: table.number, figures }),
        );
      }
    }
  }
  return found;
}

@Resolver(() => Explanation)
export class PrintedInOfExplanation {
  @FieldResolver(() => [PublishedCell], {
    description:
      'The printed figures that counted the subject by this scale, where the moment’s date is the reference date of a period.',
  })
  printedIn(@Root() { cell }: Explanation, @Ctx() context: Context): Promise<PublishedCell[]> {
    return printedCellsOf(cell.subject, cell.scale, cell.moment, context);
  }
}
