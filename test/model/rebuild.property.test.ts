import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../support/replay.js';
import { history } from './histories/arbitrary.js';
import { patience, search } from './search.js';
import { withHistory } from './with-api.js';

const batches = fc.array(fc.record({ size: fc.integer({ min: 1, max: 12 }), forget: fc.boolean() }), { maxLength: 12 });

const same = { differences: [], total: 0 };

describe('the read models, whatever happens', { timeout: patience }, () => {
  it('come out the same row for row when they are built anew, in whatever batches', async () => {
    await fc.assert(
      fc.asyncProperty(history(), batches, (past, sizes) =>
        withHistory(past, async (api, log) => {
          expect(await replay(api, sizes)).toEqual(same);
          const { comparison, position, switched } = await api.rebuild();
          expect({ comparison, position, switched }).toEqual({
            comparison: same,
            position: log.length,
            switched: true,
          });
        }),
      ),
      search(40),
    );
  });

  it('are told apart when a row differs', async () => {
    await fc.assert(
      fc.asyncProperty(history(5), (past) =>
        withHistory(past, async (api) => {
          await api.database.writing
            .updateTable('m1_subject' as never)
            .set({ summary: 'tampered' } as never)
            .execute();
          expect((await replay(api, [])).total).toBeGreaterThan(0);
        }),
      ),
      { numRuns: 3 },
    );
  });
});
