import { Ctx, Field, ObjectType } from 'type-graphql';
import type { SubjectKind } from '../../events/primitives.js';
import { absenceAt, everGoverned, type Absence as AbsenceName } from '../../projections/statements/explanation.js';
import { statusOfInterval, timelineAt, type SubjectHistory } from '../../projections/statements/queries/history.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import type { StatementVersion } from '../../projections/statements/queries/versions.js';
import type { Moment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { Absence, StatementEnd } from '../enums.js';
import { Event, eventAt } from '../log/event.js';
import { printedCellsOf } from '../reports/printed-in.js';
import { PublishedCell } from '../reports/published-cell.js';
import { Level } from '../scales/scale.js';
import { resolveScale, type ResolvedScale } from '../scales/resolved-scale.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { showStatuses, Status } from './status.js';

@ObjectType({
  description: 'A version of a statement: a level from a date, and from when until when that was what the log knew.',
})
export class Statement {
  constructor(
    private readonly version: StatementVersion,
    private readonly scale: ResolvedScale,
    private readonly moment: Moment,
  ) {}

  @Field(() => Level, { description: 'The level stated.' })
  get level(): Level {
    return new Level(this.scale.level(this.version.level));
  }

  @Field(() => DateScalar, { description: 'The date from which it was stated to hold.' })
  get effectiveOn(): string {
    return this.version.effectiveOn;
  }

  @Field(() => DateTimeScalar, { description: 'When this version was recorded.' })
  get knownFrom(): string {
    return this.version.recordedAt;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was corrected or withdrawn. Null: neither had happened by the moment.',
  })
  get knownUntil(): string | null {
    return this.version.endedAt;
  }

  @Field(() => StatementEnd, { nullable: true, description: 'What ended it, if anything did.' })
  get endedBy(): 'CORRECTION' | 'WITHDRAWAL' | null {
    return this.version.endedBy;
  }

  @Field(() => String, { nullable: true, description: 'Why it was stated or corrected, as the recorder gave it.' })
  get reason(): string | null {
    return this.version.reason;
  }

  @Field(() => Event, { description: 'The event that made this version.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.version.position, context, this.moment);
  }
}

@ObjectType({
  description: 'Why a subject has a level on a scale at a moment, or why it has none.',
  simpleResolvers: true,
})
export class Explanation {
  constructor(
    status: Status | null,
    absence: AbsenceName | null,
    statements: Statement[],
    private readonly cell: { readonly subject: SubjectView; readonly scale: string; readonly moment: Moment },
  ) {
    this.status = status;
    this.absence = absence;
    this.statements = statements;
  }

  @Field(() => Status, {
    nullable: true,
    description: 'The level that holds. Null where `absence` says why there is none.',
  })
  readonly status: Status | null;

  @Field(() => Absence, { nullable: true, description: 'Why there is no level. Null where there is one.' })
  readonly absence: AbsenceName | null;

  @Field(() => [Statement], {
    description: 'Every version of a statement that ever governed this date on this scale, newest knowledge first.',
  })
  readonly statements: Statement[];

  @Field(() => [PublishedCell], {
    simple: false,
    description:
      'The printed figures that counted the subject by this scale, where the moment’s date is the reference date of a period.',
  })
  printedIn(@Ctx() context: Context): Promise<PublishedCell[]> {
    const { subject, scale, moment } = this.cell;
    return printedCellsOf(subject, scale, moment, context);
  }
}

/** Explains one cell of a subject at a moment. */
export async function explain(
  subject: SubjectView,
  history: SubjectHistory,
  scale: string,
  moment: Moment,
  context: Context,
): Promise<Explanation> {
  const kind: SubjectKind = subject.kind === 'REGION' ? 'REGION' : 'PROJECT';
  const absence = absenceAt(history, scale, moment);
  const holding = timelineAt(history, scale, moment.position).find(
    ({ since, until }) => since <= moment.asOf && (until === null || moment.asOf < until),
  );
  const [status] = absence || !holding ? [] : await showStatuses([statusOfInterval(holding)], kind, moment, context);
  const shown = await resolveScale(scale, kind, moment, context);
  const statements = shown
    ? everGoverned(history, scale, moment).map((version) => new Statement(version, shown, moment))
    : [];
  return new Explanation(status ?? null, absence, statements, { subject, scale, moment });
}
