import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { look, requestIn } from './ask.js';
import { eventAt, type Log } from './fold/log.js';
import { shownMoment, type MomentRequest } from './fold/moments.js';
import { history } from './histories/arbitrary.js';
import { play, record } from './histories/history.js';
import { answersTo, listDocument, questionsAbout, type Question } from './questions/everything.js';
import { pageInfo } from './questions/paging.js';
import { changeFields, levelFields } from './questions/shown.js';
import { patience, search } from './search.js';
import { ASKED_AT, readLog, TODAY, withApi } from './with-api.js';

const nodesDocument = `
  query ($ids: [ID!]!) {
    nodes(ids: $ids) {
      id ... on Subject { key name exists retiredOn } ... on Organisation { name formerNames }
      ... on Scale { label levels { key label } } ... on StatusChange { effectiveOn supersededAt subject { id } }
    }
  }`;

const idsIn = (answers: readonly string[]): string[] => [
  ...new Set(answers.flatMap((answer) => [...answer.matchAll(/"id":"([\w-]{30,})"/g)].map(([, id]) => id as string))),
];

/** What the log has to ask about that the rules call immutable. */
function settledIn(log: Log, requests: readonly MomentRequest[]): MomentRequest[] {
  const published = log.flatMap((event) => (event.type === 'PeriodPublished' ? [event.data.period] : []));
  const asPublished = published.map((period) => ({ period, asPublished: true as const }));
  return [...requests, ...asPublished].filter((request) => shownMoment(log, request, TODAY).immutable);
}

describe('an answer that calls itself immutable, whatever happens later', { timeout: patience }, () => {
  it('is the same to the byte after more was recorded, and after the read models were built anew', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.nat(1000), fc.array(look, { minLength: 2, maxLength: 3 }), (past, part, looks) =>
        withApi(async (api) => {
          const cut = Math.round((part / 1000) * past.live.length);
          await play(api, { ...past, live: past.live.slice(0, cut) });
          const log = await readLog(api);
          const requests = settledIn(
            log,
            looks.map((each) => requestIn(log, each)),
          );
          if (log.length === 0 || requests.length === 0) return;
          const now = { asOf: '2021-06-01', position: String(log.length) };
          const questions = questionsAbout(log, [...requests, now]);
          const before = await answersTo(api, questions);
          // A page that follows one of before, without saying for which moment: the cursor does.
          const first = await api.ask<{ statusChanges: { pageInfo: { endCursor: string | null } } }>(listDocument, {
            at: now,
          });
          const after = first.statusChanges.pageInfo.endCursor;
          const ids = idsIn(before).slice(0, 200);
          const others: Question[] = [
            { document: nodesDocument, variables: { ids } },
            ...(after === null
              ? []
              : [
                  {
                    document: `query ($after: String) { statusChanges(first: 4, after: $after, includeSuperseded: true) { totalCount edges { cursor node { ...changeFields } } ${pageInfo} } } ${changeFields} ${levelFields}`,
                    variables: { after },
                  },
                ]),
          ];
          const othersBefore = await answersTo(api, others);

          for (const recording of past.live.slice(cut)) await record(api, recording);
          api.clock.set(ASKED_AT);
          expect(await answersTo(api, questions)).toEqual(before);
          expect(await answersTo(api, others)).toEqual(othersBefore);
          expect((await api.rebuild()).switched).toBe(true);
          expect(await answersTo(api, questions)).toEqual(before);
          expect(await answersTo(api, others)).toEqual(othersBefore);
          expect(eventAt(await readLog(api), log.length)).toEqual(log.at(-1));
        }),
      ),
      search(10),
    );
  });
});
