import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { look, requestIn } from './ask.js';
import type { Log } from './fold/log.js';
import { scalesAt } from './fold/scales.js';
import { history } from './histories/arbitrary.js';
import { crossTabDocument, shownOfScales, shownOverMoments } from './questions/cross-tab.js';
import { filterFrom, filterPick } from './questions/filter.js';
import { patience, search } from './search.js';
import { TODAY, withHistory } from './with-api.js';

const kind = fc.constantFrom('REGION' as const, 'REGION' as const, 'PROJECT' as const);
const question = fc.record({ kind, rows: fc.nat(5), columns: fc.nat(5), filter: filterPick });

/** What subjects of a kind can be counted by. */
const scalesFor = (log: Log, kind: 'REGION' | 'PROJECT'): string[] => [
  ...new Set([
    ...scalesAt(log, log.length).flatMap(({ key, subjectKind }) => (subjectKind === kind ? [key] : [])),
    'care-office',
    ...(kind === 'REGION' ? ['parent'] : []),
  ]),
];

describe('cross-tabulations, whatever happens', { timeout: patience }, () => {
  it('of a scale at several moments are what the fold counts', async () => {
    const looks = fc.array(look, { minLength: 1, maxLength: 4 });
    const questions = fc.array(fc.record({ question, looks }), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(history(), questions, (past, asked) =>
        withHistory(past, async (api, log) => {
          for (const { question, looks } of asked) {
            const { kind } = question;
            const scales = scalesFor(log, kind);
            const table = {
              kind,
              rows: scales[question.rows % scales.length] as string,
              filter: filterFrom(log, kind, question.filter),
            };
            const moments = looks.map((each) => requestIn(log, each));
            const variables = { kind, rows: { scale: table.rows }, columns: { moments }, filter: table.filter };
            const { crossTab } = await api.ask<{ crossTab: unknown }>(crossTabDocument, variables);
            expect(crossTab).toEqual(shownOverMoments(log, table, moments, TODAY));
          }
        }),
      ),
      search(40),
    );
  });

  it('of a scale against another are what the fold counts', async () => {
    const questions = fc.array(fc.record({ question, look }), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(history(), questions, (past, asked) =>
        withHistory(past, async (api, log) => {
          for (const { question, look } of asked) {
            const { kind } = question;
            const [rows, ...others] = scalesFor(log, kind).sort(
              (a, b) => ((a.length + question.rows) % 5) - ((b.length + question.rows) % 5),
            ) as [string, ...string[]];
            const columns = others[question.columns % others.length];
            if (columns === undefined) continue;
            const table = { kind, rows, filter: filterFrom(log, kind, question.filter) };
            const at = requestIn(log, look);
            const variables = { kind, rows: { scale: rows }, columns: { scale: columns }, at, filter: table.filter };
            const { crossTab } = await api.ask<{ crossTab: unknown }>(crossTabDocument, variables);
            expect(crossTab).toEqual(shownOfScales(log, table, columns, at, TODAY));
          }
        }),
      ),
      search(40),
    );
  });
});
