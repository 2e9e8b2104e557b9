import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { startLoopback, type Loopback } from './loopback.js';

/** Names a real server that is there for tests; they leave streams behind that begin with `peildatum-test-`. */
const real = process.env['KURRENTDB_URL']?.trim() ?? '';

/** What the report says that these tests were run on. */
const serverName =
  real === ''
    ? 'a loopback server of the EventStoreDB protocol (protocol-tested: KURRENTDB_URL names no real server)'
    : 'the server that KURRENTDB_URL names';

export const newLogName = (): string => `test-${randomUUID()}`;

/** Tests that any server will do for: the one that KURRENTDB_URL names, else one that speaks the protocol. */
export function describeOnKurrentdb(name: string, tests: (url: () => string) => void): void {
  describe(`${name}, on ${serverName}`, () => {
    let loopback: Loopback | null = null;
    beforeAll(async () => {
      if (real === '') loopback = await startLoopback();
    });
    afterAll(() => loopback?.close());
    tests(() => (loopback ? urlOf(loopback) : real));
  });
}

/** What a real server cannot be made to do: to be killed at a moment, to lose an answer, to fall silent. */
export function describeOnLoopback(name: string, tests: () => void): void {
  const server = 'a loopback server of the EventStoreDB protocol (no real server can be told to fail so)';
  describe(`${name}, on ${server}`, () => {
    tests();
  });
}

export const urlOf = ({ address }: Loopback): string => `kurrentdb://${address}?tls=false`;
