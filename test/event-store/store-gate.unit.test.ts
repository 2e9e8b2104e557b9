import { describe, expect, it } from 'vitest';
import { newStoreGate } from '../../src/event-store/store-gate.js';

/** A gate that counts how often the store was released. */
function newGate() {
  const released = { count: 0 };
  const gate = newStoreGate({
    toStoreError: (error) => new Error('The log cannot be used.', { cause: error }),
    release: async () => void (released.count += 1),
  });
  return { gate, released };
}

describe('the gate of a store', () => {
  it('passes on results, and turns errors into store errors', async () => {
    const { gate } = newGate();
    expect(await gate.run(async () => 1)).toBe(1);
    const cause = new Error('It failed.');
    await expect(gate.run(() => Promise.reject(cause))).rejects.toMatchObject({
      message: 'The log cannot be used.',
      cause,
    });
  });

  it('waits for running operations before it releases the store, and refuses others', async () => {
    const { gate, released } = newGate();
    const { promise, resolve } = Promise.withResolvers<number>();
    const running = gate.run(() => promise);
    const closing = gate.close();
    expect(gate.isClosing()).toBe(true);
    await expect(gate.run(async () => 2)).rejects.toThrow('The event store is closed.');
    expect(released.count).toBe(0);
    resolve(1);
    expect(await running).toBe(1);
    await closing;
    expect(released.count).toBe(1);
  });

  it('releases the store once, also after an operation that failed', async () => {
    const { gate, released } = newGate();
    const failing = gate.run(() => Promise.reject(new Error('It failed.')));
    await Promise.all([gate.close(), gate.close(), expect(failing).rejects.toThrow('The log cannot be used.')]);
    expect(released.count).toBe(1);
  });
});
