import { decode } from '../../events/domain-event.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { newTestClock } from '../support/test-clock.js';
import type { Log } from './fold/log.js';
import { play, type History } from './histories/history.js';

/** When the questions are asked: after everything that generated histories record. */
export const ASKED_AT = '2022-03-01T12:00:00.000Z';
export const TODAY = '2022-03-01';

/** Before everything that they append, and after everything that they load. */
const OPENED_AT = '2021-01-15T00:00:00.000Z';

/** The log as the store holds it. */
export const readLog = async ({ log }: TestApi): Promise<Log> => (await log.readAll(0, 10_000)).map(decode);

/** An API over an empty log, closed again whatever happens. */
export async function withApi<T>(work: (api: TestApi) => Promise<T>): Promise<T> {
  const api = await openTestApi({ clock: newTestClock(OPENED_AT) });
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}

/** An API over a history, at the time when questions are asked. */
export const withHistory = <T>(history: History, work: (api: TestApi, log: Log) => Promise<T>): Promise<T> =>
  withApi(async (api) => {
    await play(api, history);
    api.clock.set(ASKED_AT);
    return work(api, await readLog(api));
  });
