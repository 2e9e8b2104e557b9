import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { look, momentIn, requestIn } from './ask.js';
import { changesBy } from './fold/changes.js';
import { selected } from './fold/filter.js';
import { subjectOf, type Log, type Moment } from './fold/log.js';
import { assessing, scaleAt, scalesAt } from './fold/scales.js';
import { existingAt, formerNames, levelAt, nameAt } from './fold/subjects.js';
import { history } from './histories/arbitrary.js';
import { filterFrom, filterPick } from './questions/filter.js';
import { compare } from './questions/order.js';
import { backwards, forwards, pageInfo, type Page, type PageRequest } from './questions/paging.js';
import { patience, search } from './search.js';
import { withHistory } from './with-api.js';

const document = (field: 'regions' | 'projects') => `
  query ($at: At, $filter: SubjectFilter, $orderBy: SubjectOrder, $first: Int, $after: String, $last: Int, $before: String) {
    list: ${field}(at: $at, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount edges { cursor node { key name exists moment { asOf position } } } ${pageInfo}
    }
  }`;

const organisations = 'query ($at: At) { organisations(at: $at) { key name formerNames } }';

interface Shown {
  readonly key: string;
  readonly name: string;
}

type By = 'KEY' | 'NAME' | 'LEVEL' | 'LAST_CHANGE';

/** What a list is ordered by; null comes last whichever way. */
function orderedBy(log: Log, stream: string, by: By, scale: string, moment: Moment): string | number | null {
  const { kind, key } = subjectOf(stream);
  switch (by) {
    case 'KEY':
      return key;
    case 'NAME':
      return nameAt(log, stream, moment);
    case 'LEVEL': {
      const level = levelAt(log, stream, scale, moment);
      const levels = scaleAt(log, scale, moment.position)?.levels ?? [];
      return level === null ? null : levels.findIndex((each) => each.key === level);
    }
    case 'LAST_CHANGE':
      return (
        assessing(log, kind, moment.position)
          .flatMap((each) => changesBy(log, stream, each, moment.position))
          .filter(({ supersededBy, effectiveOn }) => supersededBy === null && effectiveOn <= moment.asOf)
          .map(({ effectiveOn }) => effectiveOn)
          .sort()
          .at(-1) ?? null
      );
  }
}

/** Names sort as in a Dutch dictionary. */
const compareBy = (by: By, a: string | number, b: string | number): number =>
  by === 'NAME' ? String(a).localeCompare(String(b), 'nl', { numeric: true }) : compare(a, b);

/** By what was asked for and then, from whichever end, by key. */
function inOrder(log: Log, streams: readonly string[], by: By, scale: string, sign: 1 | -1, moment: Moment): string[] {
  const valueOf = (stream: string) => orderedBy(log, stream, by, scale, moment);
  const byKey = (a: string, b: string) => compare(subjectOf(a).key, subjectOf(b).key);
  return [...streams].sort((a, b) => {
    const [one, two] = [valueOf(a), valueOf(b)];
    if (one === null || two === null) return Number(one === null) - Number(two === null) || byKey(a, b);
    return sign * compareBy(by, one, two) || byKey(a, b);
  });
}

const question = fc.record({
  look,
  kind: fc.constantFrom('REGION' as const, 'PROJECT' as const),
  filter: filterPick,
  by: fc.constantFrom<By | null>('KEY', 'NAME', 'LEVEL', 'LAST_CHANGE', null),
  scale: fc.nat(4),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  size: fc.integer({ min: 1, max: 3 }),
});

describe('the lists of what exists, whatever happens', { timeout: patience }, () => {
  it('hold the regions and projects that pass, whole and page by page from either end', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(question, { minLength: 8, maxLength: 8 }), (past, questions) =>
        withHistory(past, async (api, log) => {
          for (const { look, kind, filter: pick, by, scale: number, direction, size } of questions) {
            const moment = momentIn(log, look);
            const filter = filterFrom(log, kind, pick);
            const scales = scalesAt(log, log.length).filter(
              ({ key, subjectKind }) => subjectKind === kind && key !== 'care-office',
            );
            const scale = scales[number % scales.length]?.key as string;
            const orderBy = by === 'LEVEL' ? { by, scale, direction } : { by, direction };
            const asked = by === null ? {} : { orderBy };
            const text = document(kind === 'REGION' ? 'regions' : 'projects');
            const ask = async (page: PageRequest): Promise<Page<Shown>> =>
              (await api.ask<{ list: Page<Shown> }>(text, { at: requestIn(log, look), filter, ...asked, ...page }))
                .list;
            const streams = selected(log, kind, filter, moment);
            const expected = inOrder(
              log,
              streams,
              by ?? 'KEY',
              scale,
              by === null || direction === 'ASC' ? 1 : -1,
              moment,
            ).map((stream) => ({
              key: subjectOf(stream).key,
              name: nameAt(log, stream, moment),
              exists: true,
              moment: { asOf: moment.asOf, position: String(moment.position) },
            }));
            const whole = await ask({ first: 200 });
            expect(whole.edges.map(({ node }) => node)).toEqual(expected);
            expect(whole.totalCount).toBe(expected.length);
            expect(await forwards(size, ask)).toEqual(expected);
            expect(await backwards(size, ask)).toEqual(expected);
          }
        }),
      ),
      search(25),
    );
  });

  it('hold the organisations with their names, present and former', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(look, { minLength: 6, maxLength: 6 }), (past, looks) =>
        withHistory(past, async (api, log) => {
          for (const look of looks) {
            const moment = momentIn(log, look);
            const expected = existingAt(log, 'ORGANISATION', moment).map((stream) => ({
              key: subjectOf(stream).key,
              name: nameAt(log, stream, moment),
              formerNames: formerNames(log, stream, moment),
            }));
            expect(await api.ask(organisations, { at: requestIn(log, look) })).toEqual({ organisations: expected });
          }
        }),
      ),
      search(15),
    );
  });
});
