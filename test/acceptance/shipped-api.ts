import { afterAll, beforeAll } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';

/** The product over the shipped history, for all tests of a file: none of them records anything. */
export function shippedApi(): () => TestApi {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi({ history: 'SHIPPED' });
  });
  afterAll(() => api.close());
  return () => api;
}
