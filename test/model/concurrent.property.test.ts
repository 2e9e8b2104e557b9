import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestApi } from '../support/test-api.js';
import { changesFor } from './questions/changes.js';
import { existingAt, levelAt, nameAt, subregionsOf } from './fold/subjects.js';
import { subjectOf, type Log, type Moment } from './fold/log.js';
import { history } from './histories/arbitrary.js';
import { historicEvents, type History } from './histories/history.js';
import { patience, search } from './search.js';
import { readLog, withApi } from './with-api.js';

const asOf = '2021-06-01';

const document = `{
  regions(at: {asOf: "${asOf}"}, first: 200) {
    moment { position }
    nodes { key name parent: status(scale: "parent") { level { key } } subregions { key } moment { position } }
  }
  statusChanges(at: {asOf: "${asOf}"}, filter: {scales: ["name", "existence"]}) { moment { position } totalCount }
  organisations(at: {asOf: "${asOf}"}) { key name }
}`;

interface Answered {
  readonly regions: { readonly moment: { readonly position: string } };
}

function expected(log: Log, position: string) {
  const moment: Moment = { asOf, position: Number(position) };
  const keyed = (stream: string) => ({ key: subjectOf(stream).key });
  const nodes = existingAt(log, 'REGION', moment)
    .map((stream) => {
      const parent = levelAt(log, stream, 'parent', moment);
      return {
        ...keyed(stream),
        name: nameAt(log, stream, moment),
        parent: parent === null ? null : { level: { key: parent } },
        subregions: subregionsOf(log, subjectOf(stream).key, moment).map(keyed),
        moment: { position },
      };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const changes = changesFor(log, { scales: ['name', 'existence'] }, moment.position);
  return {
    regions: { moment: { position }, nodes },
    statusChanges: {
      moment: { position },
      totalCount: changes.filter(({ supersededBy }) => supersededBy === null).length,
    },
    organisations: existingAt(log, 'ORGANISATION', moment).map((stream) => ({
      ...keyed(stream),
      name: nameAt(log, stream, moment),
    })),
  };
}

/** Lets others have their turn: SQLite answers at once, so a loop of questions would never let go of the process. */
const turn = () => new Promise(setImmediate);

/** Records the history without waiting for the read models. */
async function write(api: TestApi, { stated, live }: History): Promise<void> {
  if (stated.length > 0) await api.log.load(historicEvents(stated));
  for (const { events, at } of live) {
    api.clock.set(at);
    expect((await api.log.append({ events })).kind).toBe('APPENDED');
    // Now and then the projector gets a turn between two appends, and now and then it does not.
    if (events.length % 2 === 0) await turn();
  }
}

describe('while the log grows and the read models are built anew', { timeout: patience }, () => {
  it('every request sees one position, and what it says is what the fold says there', async () => {
    await fc.assert(
      fc.asyncProperty(history(), (past) =>
        withApi(async (api) => {
          const answers: Answered[] = [];
          let growing = true;
          const growth = write(api, past).finally(() => {
            growing = false;
          });
          const asking = async (): Promise<void> => {
            for (; growing; await turn()) answers.push(await api.ask<Answered>(document));
          };
          const rebuilding = async (): Promise<void> => {
            for (; growing; await turn()) expect((await api.rebuild()).comparison?.total).toBe(0);
          };
          await Promise.all([growth, asking(), asking(), rebuilding()]);
          await api.settled();
          answers.push(await api.ask<Answered>(document));
          const log = await readLog(api);
          for (const answer of answers) expect(answer).toEqual(expected(log, answer.regions.moment.position));
          expect(answers.at(-1)?.regions.moment.position).toBe(String(log.length));
        }),
      ),
      search(6),
    );
  });

  it('a position that is asked for before the read models reach it is waited for', async () => {
    await fc.assert(
      fc.asyncProperty(history(10), (past) =>
        withApi(async (api) => {
          await write(api, past);
          const { position } = await api.log.head();
          for (const at of [{ position: String(position) }, { atLeast: String(position) }]) {
            const answer = await api.ask<Answered>('query ($at: At) { regions(at: $at) { moment { position } } }', {
              at,
            });
            expect(answer.regions.moment.position).toBe(String(position));
          }
        }),
      ),
      search(5),
    );
  });
});
