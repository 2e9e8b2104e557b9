import { afterAll, beforeAll } from 'vitest';
import { loadShippedHistory } from '../support/shipped-history.js';
import { openTestApi, type TestApi } from '../support/test-api.js';

/** The product over the shipped history, for all tests of a file: none of them records anything. */
export function shippedApi(): () => TestApi {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi();
    await loadShippedHistory(api.log);
    await api.settled();
  });
  afterAll(() => api.close());
  return () => api;
}
