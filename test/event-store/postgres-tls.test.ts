import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { append, event } from '../contract/event-store/support.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres } from '../support/postgres/shared.js';

/** A server's certificate for localhost, its key, and the authority that signed it: for tests, valid for a hundred years. */
const certificate = (name: string): string => `${import.meta.dirname}/../fixtures/tls/${name}`;

describeOnPostgres('a log behind TLS', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    const [crt, key] = ['server.crt', 'server.key'].map((name) => readFileSync(certificate(name), 'utf8'));
    // Whoever comes without TLS is sent away.
    const rules = 'hostssl all all 127.0.0.1/32 scram-sha-256\n';
    server = await startPostgres({
      settings: { ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key' },
      files: { 'server.crt': crt ?? '', 'server.key': key ?? '', 'pg_hba.conf': rules },
    });
  });
  afterAll(() => server?.remove());

  const asked = (parameters: Record<string, string>): string => {
    const url = new URL(server.url);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  };

  it('is entered when the certificate is signed by the authority that the URL names', async () => {
    const url = asked({ sslmode: 'verify-full', sslrootcert: certificate('ca.crt') });
    const store = await openPostgresEventStore({ url });
    await append(store, [event('a')]);
    let woken = false;
    store.onAppend(() => (woken = true));
    await append(store, [event('a')]);
    await expect.poll(() => woken).toBe(true);
    await store.close();
  });

  it('is not entered without TLS, or when nobody vouches for the certificate unless that is asked for', async () => {
    const refused = expect.objectContaining({ code: 'REFUSED' }) as Error;
    await expect(openPostgresEventStore({ url: asked({ sslmode: 'disable' }) })).rejects.toThrow(refused);
    const untrusted = openPostgresEventStore({ url: asked({ sslmode: 'verify-full' }) });
    await expect(untrusted).rejects.toThrow(/cannot be trusted/);
    const store = await openPostgresEventStore({ url: asked({ sslmode: 'no-verify' }) });
    await append(store, [event('a')]);
    await store.close();
  });
});
