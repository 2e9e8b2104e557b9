import { Field, ObjectType } from 'type-graphql';
import { toSubjectKind } from '../subjects/subject-kind.js';
import { absenceAt, everGoverned, type Absence as AbsenceName } from '../../projections/statements/explanation.js';
import { statusOfInterval, timelineAt, type SubjectHistory } from '../../projections/statements/queries/history.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import type { Moment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { resolveScale } from '../scales/resolved-scale.js';
import { Status, toStatuses } from './status.js';
import { Statement } from './statement.js';
import { defineEnum } from '../enum.js';

const Absence = defineEnum(
  'Absence',
  'Why a subject has no status on a scale at a moment: the first of these that applies.',
  {
    NOT_REGISTERED: 'The date lies before the subject’s registration.',
    RETIRED: 'The date lies on or after the subject’s retirement.',
    WITHDRAWN: 'A statement that would hold on the date was withdrawn.',
    BEFORE_FIRST_STATUS: 'All known statements take effect after the date.',
    NOT_STATED: 'Nothing is known to have been stated on this scale.',
  },
);

@ObjectType({
  description: 'Why a subject has a level on a scale at a moment, or why it has none.',
  simpleResolvers: true,
})
export class Explanation {
  constructor(
    status: Status | null,
    absence: AbsenceName | null,
    statements: Statement[],
    readonly cell: { readonly subject: SubjectView; readonly scale: string; readonly moment: Moment },
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
}

/** Why a subject has a level on a scale at a moment, or none. */
export async function explain(
  subject: SubjectView,
  history: SubjectHistory,
  scale: string,
  moment: Moment,
  context: Context,
): Promise<Explanation> {
  const kind = toSubjectKind(subject.kind);
  const absence = absenceAt(history, scale, moment);
  const holding = timelineAt(history, scale, moment.position).find(
    ({ since, until }) => since <= moment.asOf && (until === null || moment.asOf < until),
  );
  const [status] = absence || !holding ? [] : await toStatuses([statusOfInterval(holding)], kind, moment, context);
  const resolvedScale = await resolveScale(scale, kind, moment, context);
  const statements = resolvedScale
    ? everGoverned(history, scale, moment).map((version) => new Statement(version, resolvedScale, moment))
    : [];
  return new Explanation(status ?? null, absence, statements, { subject, scale, moment });
}
