import { Arg, Ctx, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { PrintedClaim, PrintedTable } from '../../events/reports.js';
import { claimVerdict } from '../../projections/reports/claim-verdict.js';
import type { Figures, ReportFigures } from '../../projections/reports/figures.js';
import type { PrintedReport } from '../../projections/reports/queries.js';
import { reconcile } from '../../projections/reports/reconciliation.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { ClaimVerdict, Language, Qualifier } from '../enums.js';
import { encodeId } from '../global-id.js';
import { inLanguage, languageArgument } from '../language.js';
import { Node } from '../node.js';
import { Period } from '../periods/period.js';
import { PublishedCell } from './published-cell.js';
import { periodsDefinedBy } from '../periods/loaders.js';
import { figuresOfReport } from './loaders.js';

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

@ObjectType({ description: 'A sentence of a report that states a figure, held against the history.' })
export class Claim {
  constructor(
    private readonly printed: PrintedClaim,
    private readonly figures: Figures,
  ) {}

  @Field(() => ID, { description: 'The readable name within the report, such as `C1`.' })
  get key(): string {
    return this.printed.key;
  }

  @Field(() => String, { description: 'What is claimed.' })
  text(@Arg('language', () => Language, languageArgument) language: Language | null): string {
    return inLanguage(this.printed.text, language);
  }

  @Field(() => Float, { description: 'The figure claimed, in `unit`.' })
  get claimed(): number {
    return this.printed.claimed;
  }

  @Field(() => Qualifier, { description: 'How the sentence qualifies it.' })
  get qualifier(): keyof typeof Qualifier {
    return this.printed.qualifier;
  }

  @Field(() => Float, {
    nullable: true,
    description:
      'The figure by today’s program, at the log position that the period’s publication pinned. Null: not computable.',
  })
  get computed(): number | null {
    return this.figures.rebuilt;
  }

  @Field(() => Float, { nullable: true, description: 'The figure by what is known at the moment of the request.' })
  get knownNow(): number | null {
    return this.figures.knownNow;
  }

  @Field(() => String, {
    description: 'The formula that it is computed by; empty where no count of subjects gives it.',
  })
  get formula(): string {
    return this.printed.formula ?? '';
  }

  @Field(() => String, { description: 'What the figure counts, such as `percent` or `projects`.' })
  get unit(): string {
    return this.printed.unit;
  }

  @Field(() => ClaimVerdict, { description: 'What the history says of it.' })
  get verdict(): keyof typeof ClaimVerdict {
    return claimVerdict(this.printed.claimed, this.printed.qualifier, this.figures.rebuilt);
  }

  @Field(() => String, { nullable: true, description: 'Why it is not computable. Null where it is.' })
  get problem(): string | null {
    return this.figures.problem;
  }

  @Field(() => String, { description: 'Where the sentence stands.' })
  get source(): string {
    return this.printed.source;
  }
}

@ObjectType({ implements: Node, description: 'A report as printed, held against the history that it was made from.' })
export class Report extends Node {
  constructor(
    private readonly printed: PrintedReport,
    private readonly position: number,
  ) {
    super();
    this.id = encodeId({ type: 'Report', key: printed.key, position });
  }

  override readonly id: string;

  @Field(() => ID, { description: 'The readable name, such as `2021-01`.' })
  get key(): string {
    return this.printed.key;
  }

  @Field(() => String, { description: 'Its title, as printed.' })
  get title(): string {
    return this.printed.title;
  }

  @Field(() => String, { description: 'Who published it.' })
  get publisher(): string {
    return this.printed.publisher;
  }

  @Field(() => String, { description: 'When it was published: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.' })
  get publishedOn(): string {
    return this.printed.publishedOn;
  }

  @Field(() => Period, {
    nullable: true,
    description: 'The period that it reports on: its publication pins the figures.',
  })
  async period(@Ctx() context: Context): Promise<Period | null> {
    const period = (await periodsDefinedBy(this.position, context)).find(({ key }) => key === this.printed.period);
    return period ? new Period(period, this.position) : null;
  }

  @Field(() => [PublishedTable], { description: 'Its tables, by number.' })
  async tables(@Ctx() context: Context): Promise<PublishedTable[]> {
    const figures = await figuresOfReport({ report: this.printed, position: this.position }, context);
    return this.printed.tables.map((table) => new PublishedTable(table, this.printed.key, figures));
  }

  @Field(() => PublishedTable, {
    nullable: true,
    description: 'One of its tables. UNKNOWN_TABLE where it has none of this number.',
  })
  async table(
    @Arg('number', () => Int, { description: 'The number of the table.' }) number: number,
    @Ctx() context: Context,
  ): Promise<PublishedTable> {
    const table = this.printed.tables.find((candidate) => candidate.number === number);
    if (!table) {
      const numbers = this.printed.tables.map((candidate) => candidate.number).join(', ');
      throw new RequestError(
        'UNKNOWN_TABLE',
        'number',
        `Report '${this.printed.key}' has no table ${number}. Its tables are: ${numbers}.`,
      );
    }
    return new PublishedTable(
      table,
      this.printed.key,
      await figuresOfReport({ report: this.printed, position: this.position }, context),
    );
  }

  @Field(() => [Claim], { description: 'The sentences that state a figure.' })
  async claims(@Ctx() context: Context): Promise<Claim[]> {
    const figures = await figuresOfReport({ report: this.printed, position: this.position }, context);
    return this.printed.claims.map((claim) => new Claim(claim, figures.figures(claim.formula)));
  }
}
