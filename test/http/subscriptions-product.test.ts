import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { inSeconds, newIssuer } from '../authority/issuer.js';
import { testDirectory } from '../support/directory.js';
import { begin } from '../support/live-client.js';
import { openAuthorityServer, type AuthorityServer } from './authority-server.js';
import { region } from './live-history.js';

const directory = testDirectory();
const issuer = newIssuer();
const live = (after: number) => `subscription { eventAppended(afterPosition: "${after}") { position type } }`;

let server: AuthorityServer;
let socketUrl: string;
beforeAll(async () => {
  const jwks = join(directory, 'jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [issuer.jwk] }));
  const settings = { AUTH_JWKS: jwks, AUTH_ISSUER: 'https://id.example.org', READING: 'authenticated' };
  server = await openAuthorityServer(directory, settings);
  socketUrl = `${server.url.replace('http', 'ws')}/graphql`;
});
afterAll(() => server.close());

const bearer = async (claims = {}) => ({ authorization: `Bearer ${await issuer.token(claims)}` });

describe('the product where reading needs a token', () => {
  it('lets in who has one, in either place, and sees at once what another process appends', async () => {
    const given = await bearer({ roles: ['reader'] });
    const [head] = await begin<{ events: { totalCount: number } }>(socketUrl, '{ events { totalCount } }', {
      headers: given,
    }).take(1);
    const last = head?.events.totalCount ?? 0;
    expect(last).toBeGreaterThan(0);
    const operation = begin(socketUrl, live(last), { connectionParams: given });
    const elsewhere = openSqliteEventStore({ file: join(directory, 'data', 'events.db') });
    await elsewhere.append({ events: [region('elsewhere')] });
    await elsewhere.close();
    expect(await operation.take(1)).toEqual([
      { eventAppended: { position: String(last + 1), type: 'RegionRegistered' } },
    ]);
    await operation.complete();
  });

  it.each([
    ['has none', async () => ({})],
    ['has one without a role', () => bearer({ roles: [] })],
    ['has one of a stranger', async () => ({ authorization: `Bearer ${await newIssuer().token()}` })],
    ['has one that has expired', () => bearer({ exp: inSeconds(-60) })],
    ['has something else', async () => ({ authorization: 'Basic YTpi' })],
  ])('turns away who %s, all in the same way', async (_who, given) => {
    const connectionParams: Record<string, unknown> = await given();
    const operation = begin(socketUrl, live(0), { connectionParams });
    await expect(operation.next()).rejects.toMatchObject({ code: 4401 });
    expect(await operation.closed).toMatchObject({ code: 4401, reason: 'Unauthorized' });
  });

  it('cuts off who has one when it expires', async () => {
    const operation = begin(socketUrl, live(0), { connectionParams: await bearer({ exp: inSeconds(2) }) });
    expect(await operation.closed).toMatchObject({ code: 4403, reason: 'Token expired' });
  });
});
