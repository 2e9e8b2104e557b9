import { Arg, Args, Ctx, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Label } from '../../events/primitives.js';
import { countBases } from '../../projections/tabulation/basis.js';
import type { CrossTabulation, TabulatedCell } from '../../projections/tabulation/cross-tab.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import { BasisCount, toBasisCounts } from './basis-count.js';
import { ForwardPageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Language, inLanguage, languageArgument } from '../language.js';
import { Moment } from '../moments/moment.js';
import { Level } from '../scales/scale.js';
import type { ResolvedLevel } from '../scales/resolved-scale.js';
import { SubjectConnection, toSubject } from '../subjects/to-subject.js';
import { pageByRegistration } from '../subjects/subject-lists.js';

@ObjectType({ description: 'A row or a column of a cross-tabulation.' })
export class AxisEntry {
  constructor(
    readonly entryKey: string,
    private readonly text: Label,
    private readonly resolvedLevel: ResolvedLevel | null,
    private readonly at: ResolvedMoment | null,
  ) {}

  @Field(() => ID, { description: 'The key of the level; the index, from 0, of a column that is a moment.' })
  get key(): string {
    return this.entryKey;
  }

  @Field(() => String, { description: 'What stands above the column or before the row.' })
  label(@Arg('language', () => Language, languageArgument) language: Language | null): string {
    return inLanguage(this.text, language);
  }

  @Field(() => Level, { nullable: true, description: 'The level. Null where the entry is a moment.' })
  get level(): Level | null {
    return this.resolvedLevel && new Level(this.resolvedLevel);
  }

  @Field(() => Moment, { nullable: true, description: 'The moment. Null where the entry is a level.' })
  get moment(): Moment | null {
    return this.at && new Moment(this.at);
  }
}

@ObjectType({ description: 'A count of subjects, and which they are.' })
export class Cell {
  constructor(
    private readonly cell: TabulatedCell,
    private readonly columnTotal: number,
    private readonly at: ResolvedMoment,
    /** Digest of the table, for cursors: one cursor continues in all cells of a table. */
    private readonly table: string,
  ) {}

  @Field(() => Int, { description: 'How many subjects.' })
  get count(): number {
    return this.cell.members.length;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'The part of its column’s total, from 0 to 1. Null where that total is 0.',
  })
  get share(): number | null {
    return this.columnTotal === 0 ? null : this.count / this.columnTotal;
  }

  @Field(() => [BasisCount], {
    description:
      'How the statuses counted are known. In a table of two scales a subject counts with the weaker of its two bases.',
  })
  get basis(): BasisCount[] {
    return toBasisCounts(countBases(this.cell.bases));
  }

  @Field(() => SubjectConnection, {
    description: 'The subjects counted, in order of registration, at the moment of the cell.',
  })
  subjects(
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
    @Ctx() context: Context,
  ): InstanceType<typeof SubjectConnection> {
    const frame = { list: 'cell', digest: this.table };
    const subjects = pageByRegistration(
      this.cell.members,
      ({ id }) => id,
      frame,
      page,
      this.at,
      (view) => toSubject(view, this.at),
    );
    context.countNodes(subjects.entries.length);
    return new SubjectConnection(subjects);
  }
}

@ObjectType({
  description:
    'A cross-tabulation: how many subjects have which level, at several moments or by the level on another scale.',
  simpleResolvers: true,
})
export class CrossTab {
  constructor(
    table: CrossTabulation,
    rows: AxisEntry[],
    columns: AxisEntry[],
    /** One moment per column. */
    moments: readonly ResolvedMoment[],
    moment: ResolvedMoment | null,
    digest: string,
  ) {
    this.moment = moment && new Moment(moment);
    this.rows = rows;
    this.columns = columns;
    this.cells = rows.map((_, r) =>
      table.columns.flatMap(({ cells, total }, c) => {
        const [cell, moment] = [cells[r], moments[c]];
        return cell && moment ? new Cell(cell, total, moment, digest) : [];
      }),
    );
    this.rowTotals = table.rowTotals;
    this.columnTotals = table.columns.map(({ total }) => total);
    this.total = table.total;
    this.unassessed = table.unassessed;
    this.unplaced = table.unplaced;
    this.inScope = table.inScope;
    this.basis = toBasisCounts(table.basis);
  }

  @Field(() => Moment, { nullable: true, description: 'The moment of the table. Null where each column has its own.' })
  readonly moment: Moment | null;

  @Field(() => [AxisEntry], { description: 'The rows, in the order of the scale.' })
  readonly rows: AxisEntry[];

  @Field(() => [AxisEntry], { description: 'The columns, in the order of the scale, or of the moments as asked for.' })
  readonly columns: AxisEntry[];

  @Field(() => [[Cell]], { description: 'The cells, by row and then by column, those with a zero included.' })
  readonly cells: Cell[][];

  @Field(() => [Int], { description: 'The sum of each row’s cells.' })
  readonly rowTotals: readonly number[];

  @Field(() => [Int], { description: 'The sum of each column’s cells.' })
  readonly columnTotals: readonly number[];

  @Field(() => Int, { description: 'The sum of all cells.' })
  readonly total: number;

  @Field(() => [Int], {
    description:
      'Subjects in scope without a level on the row scale: one number per moment, one in all where the columns are a scale.',
  })
  readonly unassessed: readonly number[];

  @Field(() => Int, { description: 'Subjects with a level on the row scale and none on the column scale.' })
  readonly unplaced: number;

  @Field(() => [Int], {
    description:
      'The subjects that exist and pass the filter, but for regions that only their subregions are assessed for: total + unassessed + unplaced, as many numbers as `unassessed`.',
  })
  readonly inScope: readonly number[];

  @Field(() => [BasisCount], { description: 'How the statuses counted in all cells are known.' })
  readonly basis: BasisCount[];
}
