import { decode } from '../../events/domain-event.js';
import { newReadDatabase } from '../support/postgres/read-database.js';
import { openTestApi, type TestApi, type TestApiOptions } from '../support/test-api.js';
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

/** Where the read models are: in a file, or with TEST_READ_DATABASE=postgres in a schema of the server for tests. */
const usual = process.env['TEST_READ_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';

export type ReadDatabaseEngine = typeof usual;

/** An API over an empty log, closed again whatever happens. */
export async function withApi<T>(
  work: (api: TestApi) => Promise<T>,
  engine: ReadDatabaseEngine = usual,
  options: Pick<TestApiOptions, 'openLog'> = {},
): Promise<T> {
  const server = engine === 'postgres' ? newReadDatabase() : null;
  const api = await openTestApi({
    ...options,
    clock: newTestClock(OPENED_AT),
    ...(server ? { readDatabase: server.readDatabase } : {}),
  });
  try {
    return await work(api);
  } finally {
    await api.close();
    await server?.drop();
  }
}

/** An API over a history, at the time when questions are asked. */
export const withHistory = <T>(
  history: History,
  work: (api: TestApi, log: Log) => Promise<T>,
  engine: ReadDatabaseEngine = usual,
): Promise<T> =>
  withApi(async (api) => {
    await play(api, history);
    api.clock.set(ASKED_AT);
    return work(api, await readLog(api));
  }, engine);
