import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  // The audits ask for nothing that has happened.
  server = await openTestServer({ history: 'NONE' });
});
afterAll(() => server.close());

// The audits do not know of the header without which a request that any page could make is refused.
const preflighted = (url: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set('apollo-require-preflight', 'true');
  return fetch(url, { ...init, headers });
};

const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn: preflighted });

/**
 * To clients that accept no more than application/json one should say 200 of a document or of variables that cannot be
 * executed, because proxies say 400 in JSON too. Apollo Server says 400 to them as to all others, by design, as it did
 * before there was that recommendation, and clients of its kind rely on it.
 */
const answeredWith400 = new Set(['572B', 'FDE2', '7B9B']);

describe('of the audits of GraphQL over HTTP', () => {
  const [deviating, others] = [true, false].map((is) => audits.filter(({ id }) => answeredWith400.has(id) === is));

  it.each(others ?? [])('$id passes: $name', async ({ fn }) => {
    const result = await fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });

  it.each(deviating ?? [])('$id does not, and it is answered with 400: $name', async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: 'warn', response: { status: 400 } });
  });

  it('there are those that deviate, and many others', () => {
    expect(deviating).toHaveLength(answeredWith400.size);
    expect(others?.length).toBeGreaterThan(50);
  });
});
