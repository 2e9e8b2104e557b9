import { statementChange } from '../../../events/domain-event.js';
import { streamOfSubject, subjectOfStream } from '../../../events/streams.js';
import { versionsOn, type WriteModel, type Version } from '../write-model/write-model.js';
import { insertInOrder } from '../../../events/statement-order.js';
import { refuse } from '../refusal.js';
import type { ProposedEvent } from '../proposed-event.js';
import type { Rule } from '../define-rules.js';

type Dated = Pick<Version, 'effectiveOn' | 'rank' | 'level'>;

/** A parent with the time that it is one: [since, until), without end where until is null. */
interface Stay {
  readonly parent: string;
  readonly since: string;
  readonly until: string | null;
}

/** Not clipped to lifetimes, so that no later news of one can close a circle. */
const staysOf = (versions: readonly Dated[]): Stay[] =>
  versions.flatMap(({ level, effectiveOn }, index) => {
    const until = versions[index + 1]?.effectiveOn ?? null;
    return until === effectiveOn ? [] : [{ parent: level, since: effectiveOn, until }];
  });

const common = (a: Stay, b: Stay): Stay | null => {
  const since = a.since > b.since ? a.since : b.since;
  const until = a.until === null || (b.until !== null && b.until < a.until) ? b.until : a.until;
  return until === null || since < until ? { parent: b.parent, since, until } : null;
};

/** Whether, at any time of the stay, the way up from its parent leads to the region. */
function leadsTo(region: string, stay: Stay, model: WriteModel, passed: readonly string[] = []): boolean {
  if (stay.parent === region) return true;
  if (passed.includes(stay.parent)) return false;
  const above = versionsOn(model.subject(streamOfSubject({ kind: 'REGION', key: stay.parent })), 'parent');
  return staysOf(above).some((next) => {
    const both = common(stay, next);
    return both !== null && leadsTo(region, both, model, [...passed, stay.parent]);
  });
}

/** The region's statements on its parent as they would stand after the event. */
function afterwards(model: WriteModel, event: ProposedEvent): readonly Dated[] {
  const news = statementChange(event);
  const ended = news?.kind === 'CORRECTED' ? news.corrects : news?.kind === 'WITHDRAWN' ? news.withdraws : null;
  const before = versionsOn(model.subject(event.stream), 'parent');
  const after: Dated[] = before.filter(({ eventId }) => eventId !== ended);
  if (news && news.kind !== 'WITHDRAWN') {
    const rank = (ended === null ? null : model.version(ended)?.rank) ?? Number.POSITIVE_INFINITY;
    insertInOrder(after, { ...news.content, rank });
  }
  return after;
}

/** A region is never above itself, at any date. Moving or removing a statement can bring an older one back into effect. */
export const parentsHaveNoCycle: Rule<'StatusStated' | 'StatusCorrected' | 'StatusWithdrawn'> = (model, event) => {
  const scale = event.type === 'StatusWithdrawn' ? model.version(event.data.withdraws)?.scale : event.data.scale;
  const region = subjectOfStream(event.stream)?.key;
  if (scale !== 'parent' || region === undefined) return null;
  const stay = staysOf(afterwards(model, event)).find((stay) => leadsTo(region, stay, model));
  return stay
    ? refuse(
        'PARENT_CYCLE',
        event.type === 'StatusWithdrawn' ? 'withdraws' : 'level',
        `Region '${region}' would come to be below itself, by way of '${stay.parent}' from ${stay.since} on.`,
      )
    : null;
};
