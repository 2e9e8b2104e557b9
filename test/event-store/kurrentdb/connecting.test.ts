import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openKurrentEventStore } from '../../../src/event-store/kurrentdb/index.js';
import { openEventStore } from '../../../src/event-store/open.js';
import { event, everything } from '../../contract/event-store/support.js';
import { makeCertificate, type Certificate } from '../../support/kurrentdb/certificate.js';
import { startLoopback, type Loopback } from '../../support/kurrentdb/loopback.js';
import { describeOnLoopback, urlOf } from '../../support/kurrentdb/shared.js';

const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
const certificate = makeCertificate(directory);
const opened: { close(): Promise<void> }[] = [];

const opening = async <T extends { close(): Promise<void> }>(made: Promise<T>): Promise<T> => {
  const one = await made;
  opened.push(one);
  return one;
};

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

afterAll(() => rmSync(directory, { recursive: true }));

async function expectAppendAndRead(url: string): Promise<void> {
  const store = await opening(openEventStore({ engine: 'kurrentdb', url }));
  expect((await store.append({ events: [event('a')] })).kind).toBe('APPENDED');
  expect(await everything(store)).toHaveLength(1);
}

describeOnLoopback('connecting to KurrentDB', () => {
  it.each(['kurrentdb', 'esdb'])('finds the leader of a cluster with %s+discover', async (scheme) => {
    const { address } = await opening(startLoopback());
    await expectAppendAndRead(`${scheme}+discover://${address}?tls=false`);
  });

  it('finds the leader among several addresses, of which one answers', async () => {
    const [dead, alive] = [await opening(startLoopback()), await opening(startLoopback())];
    await dead.stop();
    await expectAppendAndRead(`kurrentdb://${dead.address},${alive.address}?tls=false`);
    await dead.start();
  });

  it('begins no log where one is asked for that exists', async () => {
    const loopback = await opening(startLoopback());
    await expect(openKurrentEventStore({ url: urlOf(loopback), existing: true })).rejects.toMatchObject({
      code: 'ABSENT',
    });
    await expectAppendAndRead(urlOf(loopback));
    await opening(openKurrentEventStore({ url: urlOf(loopback), existing: true }));
  });

  it('tells what is wrong with a URL that the client does not take, without a password', async () => {
    const url = 'kurrentdb://peil:secret@localhost:2113?tls=perhaps';
    const failure: unknown = await openKurrentEventStore({ url, retryTimeoutMs: 100 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StoreUnusableError', code: 'UNSUPPORTED' });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('secret');
  });

  const recordCommit = certificate === null ? ' (not run: there is no openssl to make a certificate with)' : '';

  describe.skipIf(certificate === null)(`with TLS and credentials${recordCommit}`, () => {
    let loopback: Loopback;

    beforeAll(async () => {
      const { certificate: chain, key } = certificate as Certificate;
      const credentials = ServerCredentials.createSsl(null, [{ cert_chain: chain, private_key: key }]);
      loopback = await startLoopback({ credentials });
      loopback.faults.authorization = `Basic ${Buffer.from('peil:p:s@w/rd').toString('base64')}`;
    });
    afterAll(() => loopback.close());

    const url = (credentials: string, tls = `tls=true&tlsCAFile=${certificate?.file ?? ''}`) =>
      `kurrentdb://${credentials}@${loopback.address}?${tls}`;

    it('is let in with the credentials of the URL', async () => {
      await expectAppendAndRead(url('peil:p%3As%40w%2Frd'));
    });

    it('says that it is not let in with others', async () => {
      const opening = openKurrentEventStore({ url: url('peil:wrong'), retryTimeoutMs: 500 });
      await expect(opening).rejects.toMatchObject({ name: 'StoreUnusableError', code: 'REFUSED' });
    });

    it('does not believe a server whose certificate it has no reason to trust', async () => {
      const opening = openKurrentEventStore({ url: url('peil:p%3As%40w%2Frd', 'tls=true'), retryTimeoutMs: 500 });
      await expect(opening).rejects.toMatchObject({ name: 'StoreUnusableError' });
    });
  });
});
