import * as fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeLines } from '../../src/log-format/write-lines.js';
import type { Append, AppendResult, EventStore } from '../../src/event-store/port.js';
import { loadFile } from '../../src/log-format/load-file.js';
import { testDirectory } from '../support/directory.js';
import type { TestApi } from '../support/test-api.js';
import { look, requestIn, type Look } from './ask.js';
import { history } from './histories/arbitrary.js';
import { historicEvents, type History } from './histories/history.js';
import { answersTo, questionsAbout } from './questions/everything.js';
import { patience, search } from './search.js';
import { ASKED_AT, readLog, withApi } from './with-api.js';

const directory = testDirectory();
const file = join(directory, 'history.ndjson');

/** The appends of a history, most of them requests that can be repeated. */
const appendsOf = ({ live }: History): Append[] =>
  live.map(({ events }, index) =>
    index % 4 === 3 ? { events } : { events, request: { idempotencyKey: `request ${index}`, digest: `${index}` } },
  );

async function playWithRequests(api: TestApi, past: History): Promise<void> {
  if (past.stated.length > 0) await api.log.load(historicEvents(past.stated));
  for (const [index, append] of appendsOf(past).entries()) {
    api.clock.set(past.live[index]?.at ?? ASKED_AT);
    expect((await api.log.append(append)).kind).toBe('APPENDED');
  }
  api.clock.set(ASKED_AT);
  await api.settled();
}

async function exported(log: EventStore, after = 0): Promise<string> {
  const { position } = await log.head();
  let text = '';
  for await (const lines of writeLines(log, { after, upTo: position })) text += lines;
  return text;
}

async function load(api: TestApi, text: string): Promise<void> {
  api.clock.set(ASKED_AT);
  writeFileSync(file, text);
  await loadFile({ file, log: api.log });
  await api.settled();
}

/** What each request gets that is sent again, and what another one gets under its key. */
async function repeated(log: EventStore, past: History): Promise<AppendResult[]> {
  const results: AppendResult[] = [];
  for (const { events, request } of appendsOf(past)) {
    if (!request) continue;
    results.push(await log.append({ events, request }));
    results.push(await log.append({ events, request: { ...request, digest: 'another' } }));
  }
  return results;
}

const allHashes = '{ events(last: 200) { nodes { id position hash recordedAt appendedAt } } }';

async function expectSame(api: TestApi, copy: TestApi, past: History, looks: readonly Look[]): Promise<void> {
  const log = await readLog(api);
  expect(await copy.log.readAll(0, 10_000)).toEqual(await api.log.readAll(0, 10_000));
  expect(await copy.ask(allHashes)).toEqual(await api.ask(allHashes));
  const questions = questionsAbout(
    log,
    looks.map((each) => requestIn(log, each)),
  );
  expect(await answersTo(copy, questions)).toEqual(await answersTo(api, questions));
  const again = await repeated(api.log, past);
  expect(await repeated(copy.log, past)).toEqual(again);
  for (const { kind } of again) expect(['REPEATED', 'KEY_CONFLICT']).toContain(kind);
}

describe('an export, whatever happened', { timeout: patience }, () => {
  it('is loaded as the same log with the same answers, and exported again as the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(history(30), fc.array(look, { minLength: 1, maxLength: 2 }), (past, looks) =>
        withApi(async (api) => {
          await playWithRequests(api, past);
          const text = await exported(api.log);
          await withApi(async (copy) => {
            await load(copy, text);
            expect(await exported(copy.log)).toBe(text);
            await expectSame(api, copy, past, looks);
          });
        }),
      ),
      search(15),
    );
  });

  it('is the same bytes whether it is written in one piece or in two', async () => {
    await fc.assert(
      fc.asyncProperty(history(10), fc.nat(1000), (past, part) =>
        withApi(async (api) => {
          await playWithRequests(api, past);
          const text = await exported(api.log);
          const cut = Math.floor(((await api.log.head()).position * part) / 1000);
          const rest = await exported(api.log, cut);
          expect(text.endsWith(rest)).toBe(true);
          expect(rest.split('\n').length - 1).toBe((await api.log.head()).position - cut);
        }),
      ),
      search(5),
    );
  });
});
