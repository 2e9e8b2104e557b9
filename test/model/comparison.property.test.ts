import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { look, requestIn } from './ask.js';
import { scalesAt } from './fold/scales.js';
import { history } from './histories/arbitrary.js';
import { expectBalance, type Balanced } from './identities.js';
import { comparisonDocument, shownComparison } from './questions/comparison.js';
import { filterFrom, filterPick } from './questions/filter.js';
import { patience, search } from './search.js';
import { TODAY, withHistory } from './with-api.js';

const question = fc.record({ scale: fc.nat(5), from: look, to: look, filter: filterPick });

describe('the comparison of two moments, whatever happens', { timeout: patience }, () => {
  it('is what the fold counts, and its figures balance', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(question, { minLength: 8, maxLength: 8 }), (past, questions) =>
        withHistory(past, async (api, log) => {
          const scales = scalesAt(log, log.length);
          for (const { scale: number, from: one, to: two, filter: pick } of questions) {
            const { key: scale, subjectKind: kind } = scales[number % scales.length] as (typeof scales)[number];
            const filter = filterFrom(log, kind, pick);
            const [from, to] = [requestIn(log, one), requestIn(log, two)];
            const variables = { scale, from, to, filter };
            const { comparison } = await api.ask<{ comparison: Balanced }>(comparisonDocument, variables);
            expectBalance(comparison);
            expect(comparison).toEqual(shownComparison(log, { kind, scale, filter }, from, to, TODAY));
          }
        }),
      ),
      search(40),
    );
  });
});
