import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from './answer.js';
import { openTestApi, type TestApi } from './test-api.js';
import { openTestServer, type TestServer } from './test-server.js';

const table1 =
  '{ crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [{period: "2020-10"}]}) { columnTotals } }';

describe('the test harness', () => {
  let api: TestApi;
  let server: TestServer;
  beforeAll(async () => {
    api = await openTestApi({ history: 'SHIPPED' });
    server = await openTestServer();
  });
  afterAll(async () => {
    await server.close();
    await api.close();
  });

  it('answers the same in process and over HTTP', async () => {
    const inProcess = await api.ask(table1);
    expect(inProcess).toEqual({ crossTab: { columnTotals: [34] } });
    expect(await server.ask(table1)).toEqual(inProcess);
  });

  it('gives errors the code that clients see, in process and over HTTP', async () => {
    for (const { query } of [api, server]) {
      expect(codesOf(await query('{ region(key: "atlantis") { key } }'))).toEqual(['UNKNOWN_REGION']);
      expect(codesOf(await query('{ nonsense }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    }
  });

  it('counts the statements that the read models were asked', async () => {
    const { statements } = await api.counted(() => api.ask(table1));
    expect(statements.length).toBeGreaterThan(0);
  });
});
