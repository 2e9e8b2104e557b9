import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { look, type Look } from './ask.js';
import { eventAt, subjectOf, type Log } from './fold/log.js';
import { shownMoment, type MomentRequest } from './fold/moments.js';
import { lifetimeAt } from './fold/timeline.js';
import { history } from './histories/arbitrary.js';
import { momentFields } from './questions/shown.js';
import { patience, search } from './search.js';
import { TODAY, withHistory } from './with-api.js';

const document = `
  query ($at: At) {
    regions(at: $at) { moment { ...momentFields } }
    milestones(at: $at) { on precision text subject { key } event { position } }
  } ${momentFields}`;

interface Asked extends Look {
  readonly how: 'NOTHING' | 'DATE' | 'POSITION' | 'KNOWN_AT' | 'PERIOD' | 'PUBLISHED';
  readonly dated: boolean;
  readonly beside: -1 | 0 | 1;
  readonly period: number;
}

const asked: fc.Arbitrary<Asked> = fc
  .tuple(
    look,
    fc.record({
      how: fc.constantFrom('NOTHING', 'DATE', 'POSITION', 'KNOWN_AT', 'KNOWN_AT', 'KNOWN_AT', 'PERIOD', 'PUBLISHED'),
      dated: fc.boolean(),
      beside: fc.constantFrom(-1 as const, 0 as const, 1 as const),
      period: fc.nat(2),
    }),
  )
  .map(([one, two]) => ({ ...one, ...two }));

/** A request that contradicts nothing, as far as the log has what it is about. */
function requestFor(log: Log, { how, dated, date, part, beside, period: number }: Asked): MomentRequest {
  const position = Math.round((part / 1000) * log.length);
  const recordedAt = eventAt(log, Math.max(1, position)).recordedAt;
  // A millisecond before an event, at it, and after it.
  const knownAt = new Date(Date.parse(recordedAt) + beside).toISOString();
  const defined = log.flatMap((event) => (event.type === 'PeriodDefined' ? [event.data.key] : []));
  const published = log.flatMap((event) => (event.type === 'PeriodPublished' ? [event.data.period] : []));
  const keys = how === 'PUBLISHED' ? published : defined;
  const period = keys[number % keys.length];
  const on = dated ? { asOf: date } : {};
  switch (how) {
    case 'NOTHING':
      return {};
    case 'DATE':
      return { asOf: date };
    case 'POSITION':
      return { ...on, position: String(position) };
    case 'KNOWN_AT':
      return { ...on, knownAt };
    case 'PERIOD':
      return period === undefined ? on : dated ? { period, position: String(position) } : { period };
    case 'PUBLISHED':
      return period === undefined ? on : { period, asPublished: true };
  }
}

/** What had happened by the date, as known at the position: dated by its first day. */
function milestonesAt(log: Log, asOf: string, position: number) {
  const firstDay = (on: string): string => `${on}-01-01`.slice(0, 10);
  return log
    .slice(0, position)
    .flatMap((event) => (event.type === 'MilestoneRecorded' ? [{ ...event.data, event }] : []))
    .filter(({ on }) => firstDay(on) <= asOf)
    .sort((a, b) => (firstDay(a.on) < firstDay(b.on) ? -1 : firstDay(a.on) > firstDay(b.on) ? 1 : 0));
}

/** Null for the programme's milestones; and for those of a subject whose registration is not known there. */
const subjectShown = (log: Log, stream: string, position: number) =>
  stream === 'programme' || !lifetimeAt(log, stream, position).registration ? null : { key: subjectOf(stream).key };

describe('a moment', { timeout: patience }, () => {
  it('is resolved as the rules of dates and of system time say', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(asked, { minLength: 12, maxLength: 12 }), (past, questions) =>
        withHistory(past, async (api, log) => {
          for (const request of questions.map((each) => requestFor(log, each))) {
            const moment = shownMoment(log, request, TODAY);
            const answer = await api.ask<{ regions: unknown; milestones: unknown }>(document, { at: request });
            expect(answer.regions).toEqual({ moment });
            const milestones = milestonesAt(log, moment.asOf, Number(moment.position));
            expect(answer.milestones).toEqual(
              milestones.map(({ on, precision, text, event }) => ({
                on,
                precision,
                text,
                subject: subjectShown(log, event.stream, Number(moment.position)),
                event: { position: String(event.position) },
              })),
            );
          }
        }),
      ),
      search(25),
    );
  });
});
