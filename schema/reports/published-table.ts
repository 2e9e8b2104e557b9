import { Arg, Field, Int, ObjectType } from 'type-graphql';
import type { PrintedTable } from '../../events/reports.js';
import type { ReportFigures } from '../../projections/reports/figures.js';
import { reconcile } from '../../projections/reports/reconciliation.js';
import { Language, inLanguage, languageArgument } from '../language.js';
import { PublishedCell } from './published-cell.js';

@ObjectType({ description: 'A table as printed, cell by cell, each held against the history.' })
export class PublishedTable {
  constructor(
    private readonly printed: PrintedTable,
    report: string,
    figures: ReportFigures,
  ) {
    const reconciled = printed.cells.map((cell) => reconcile(cell, figures.figures(cell.formula)));
    const computable = reconciled.filter(({ verdict }) => verdict !== 'NOT_COMPUTABLE');
    this.agrees = computable.length > 0 && computable.every(({ agrees }) => agrees);
    this.cells = reconciled.map((cell) => new PublishedCell(cell, { report, table: printed.number, figures }));
  }

  @Field(() => Int, { description: 'Its number in the report.' })
  get number(): number {
    return this.printed.number;
  }

  @Field(() => String, { description: 'Its title, as printed.' })
  get title(): string {
    return this.printed.title;
  }

  @Field(() => Boolean, {
    description: 'At least one cell can be computed, and all that can be are rebuilt as printed.',
  })
  readonly agrees: boolean;

  @Field(() => [PublishedCell], { description: 'Its cells by row and then by column, totals included.' })
  readonly cells: PublishedCell[];

  @Field(() => [String], { description: 'What the report itself leaves open about the table.' })
  notes(@Arg('language', () => Language, languageArgument) language: Language | null): string[] {
    return this.printed.notes.map((note) => inLanguage(note, language));
  }
}
