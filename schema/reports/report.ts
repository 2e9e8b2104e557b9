import { Arg, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import type { PrintedReport } from '../../projections/reports/queries.js';
import { RequestError } from '../../src/time/request-error.js';
import { Claim } from './claim.js';
import { PublishedTable } from './published-table.js';
import type { Context } from '../context.js';
import type { GlobalId } from '../nodes/global-id.js';
import { Node } from '../nodes/node.js';
import { Period } from '../periods/period.js';
import { periodsDefinedBy } from '../periods/loaders.js';
import { figuresOfReport } from './loaders.js';

@ObjectType({ implements: Node, description: 'A report as printed, held against the history that it was made from.' })
export class Report extends Node {
  constructor(
    private readonly printed: PrintedReport,
    private readonly position: number,
  ) {
    super();
  }

  protected override get globalId(): GlobalId {
    return { type: 'Report', key: this.key, position: this.position };
  }

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
