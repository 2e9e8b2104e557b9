import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeOnPostgres } from '../support/postgres/shared.js';
import { look, momentIn, requestIn } from './ask.js';
import { history } from './histories/arbitrary.js';
import { changeFilterFrom, changeFilterPick, changesFor } from './questions/changes.js';
import { inOrder } from './questions/order.js';
import { backwards, forwards, pageInfo, type Page, type PageRequest } from './questions/paging.js';
import { changeFields, levelFields, shownChange } from './questions/shown.js';
import { patience, search } from './search.js';
import { withHistory, type ReadDatabaseEngine } from './with-api.js';

const document = `
  query ($at: At, $filter: StatusChangeFilter, $ever: Boolean!, $orderBy: ChangeOrder, $first: Int, $after: String, $last: Int, $before: String) {
    statusChanges(
      at: $at, filter: $filter, includeSuperseded: $ever, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before
    ) { totalCount edges { cursor node { ...changeFields } } ${pageInfo} moment { asOf position } }
  } ${changeFields} ${levelFields}`;

type Changes = Page<unknown> & { readonly moment: unknown };

const question = fc.record({
  look,
  filter: changeFilterPick,
  ever: fc.boolean(),
  // Null: not said, which is by date, oldest first.
  orderBy: fc.option(
    fc.record({
      by: fc.constantFrom('EFFECTIVE_ON' as const, 'RECORDED_AT' as const),
      direction: fc.constantFrom('ASC' as const, 'DESC' as const),
    }),
  ),
  size: fc.integer({ min: 1, max: 7 }),
});

const expectTheFold = (engine: ReadDatabaseEngine | undefined, runs: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(history(), fc.array(question, { minLength: 8, maxLength: 8 }), (past, questions) =>
      withHistory(
        past,
        async (api, log) => {
          for (const { look, filter: pick, ever, orderBy, size } of questions) {
            const moment = momentIn(log, look);
            const filter = changeFilterFrom(log, pick);
            const ask = async (page: PageRequest): Promise<Changes> => {
              const variables = { at: requestIn(log, look), filter, ever, ...(orderBy ? { orderBy } : {}), ...page };
              return (await api.ask<{ statusChanges: Changes }>(document, variables)).statusChanges;
            };
            const wanted = changesFor(log, filter, moment.position).filter(
              (change) => ever || change.supersededBy === null,
            );
            const expected = inOrder(wanted, orderBy?.by ?? 'EFFECTIVE_ON', orderBy?.direction ?? 'ASC').map((change) =>
              shownChange(log, change, moment),
            );
            const whole = await ask({ first: 200 });
            expect(whole.edges.map(({ node }) => node)).toEqual(expected);
            expect(whole.totalCount).toBe(expected.length);
            expect(whole.moment).toEqual({ asOf: moment.asOf, position: String(moment.position) });
            expect(await forwards(size, ask)).toEqual(expected);
            expect(await backwards(size, ask)).toEqual(expected);
          }
        },
        engine,
      ),
    ),
    search(runs),
  );

describe('the list of status changes, whatever happens', { timeout: patience }, () => {
  it('is what the fold says, whole and page by page from either end', () => expectTheFold(undefined, 25));
});

describeOnPostgres('the list of status changes with read models in PostgreSQL', () => {
  it('is what the fold says too', { timeout: patience }, () => expectTheFold('postgres', 10));
});
