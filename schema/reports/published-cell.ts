import { Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import type { ReconciledCell } from '../../projections/reports/reconciliation.js';
import type { ReportFigures } from '../../projections/reports/figures.js';
import { BasisCount, toBasisCounts } from '../tabulations/basis-count.js';
import type { Context } from '../context.js';
import { Event, eventAt } from '../log/event.js';
import { defineEnum } from '../enum.js';

export const CellVerdict = defineEnum('CellVerdict', 'How a printed figure relates to the history.', {
  MATCH: 'Printed, rebuilt and known now are the same.',
  RESTATED: 'The figure was right when it was printed; later events changed what is known.',
  MISPRINT: 'The figure never agreed with the history that it was printed from.',
  PROJECTION_DRIFT:
    'Today’s program rebuilds another figure than was rebuilt at publication: the program changed, not the history.',
  NOT_COMPUTABLE: 'The history does not hold what the figure counts.',
});

/** The printed table that a cell is in. */
export interface CellLocation {
  readonly report: string;
  readonly table: number;
  readonly figures: ReportFigures;
}

@ObjectType({
  description:
    'A figure as printed, held against the history: as rebuilt when it was published, as rebuilt by today’s program, and as known now.',
})
export class PublishedCell {
  constructor(
    private readonly cell: ReconciledCell,
    private readonly location: CellLocation,
  ) {}

  @Field(() => String, { description: 'Key of the report that it is printed in.' })
  get report(): string {
    return this.location.report;
  }

  @Field(() => Int, { description: 'Number of the table that it is printed in.' })
  get table(): number {
    return this.location.table;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The heading above the group of rows that it stands in. Null where the table has no such groups.',
  })
  get block(): string | null {
    return this.cell.printed.block;
  }

  @Field(() => String, { description: 'The row, as printed.' })
  get row(): string {
    return this.cell.printed.row;
  }

  @Field(() => String, { description: 'The column, as printed.' })
  get column(): string {
    return this.cell.printed.column;
  }

  @Field(() => Float, { description: 'The figure as printed: a count, or a percentage from 0 to 100.' })
  get published(): number {
    return this.cell.printed.published;
  }

  @Field(() => Int, {
    description: 'How many digits are printed after the decimal point. The other figures are rounded to as many.',
  })
  get decimals(): number {
    return this.cell.printed.decimals;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The formula that the figure is computed by. Null: no count of subjects gives it.',
  })
  get formula(): string | null {
    return this.cell.printed.formula;
  }

  @Field(() => Float, {
    nullable: true,
    description:
      'The figure by today’s program, at the log position that the period’s publication pinned. Null: not computable.',
  })
  get rebuilt(): number | null {
    return this.cell.rebuilt;
  }

  @Field(() => Float, { nullable: true, description: 'rebuilt − published. Null: not computable.' })
  get difference(): number | null {
    return this.cell.difference;
  }

  @Field(() => Boolean, { description: 'The figure rebuilt is the one printed.' })
  get agrees(): boolean {
    return this.cell.agrees;
  }

  @Field(() => Float, {
    nullable: true,
    description:
      'The figure as it was rebuilt at publication: the publishing event kept it. Null: it did not, or the period has not been published.',
  })
  get rebuiltThen(): number | null {
    return this.cell.rebuiltThen;
  }

  @Field(() => Float, { nullable: true, description: 'The figure by what is known at the moment of the request.' })
  get knownNow(): number | null {
    return this.cell.knownNow;
  }

  @Field(() => CellVerdict, { description: 'What the differences between these come from.' })
  get verdict(): keyof typeof CellVerdict {
    return this.cell.verdict;
  }

  @Field(() => [BasisCount], {
    description:
      'How the levels of the subjects that the figure counts are known, each subject once, with the weakest of its grounds.',
  })
  get basis(): BasisCount[] {
    return toBasisCounts(this.cell.figures.basis());
  }

  @Field(() => String, { nullable: true, description: 'Why the figure is not computable. Null where it is.' })
  get problem(): string | null {
    return this.cell.problem;
  }

  @Field(() => [Event], {
    description:
      'The events after the publication that changed which subjects count, in the order of the log: for each subject the one since which it is counted as it is now.',
  })
  async restatedBy(@Ctx() context: Context): Promise<Event[]> {
    const positions = await this.location.figures.restating(this.cell.figures.cells);
    return Promise.all(positions.map((position) => eventAt(position, context)));
  }
}
