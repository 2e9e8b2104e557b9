import { expect, it } from 'vitest';
import { newNotifier } from '../../src/concurrency/notifier.js';

const LONG_MS = 60_000;

it('wakes the one who waits', async () => {
  const notifier = newNotifier();
  const waiting = notifier.wait(LONG_MS);
  notifier.notify();
  await expect(waiting).resolves.toBeUndefined();
});

it('keeps a notification that nobody waited for, once', async () => {
  const notifier = newNotifier();
  notifier.notify();
  notifier.notify();
  await notifier.wait(LONG_MS);
  const second = notifier.wait(LONG_MS).then(() => 'woken');
  expect(await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 5, 'waiting'))])).toBe('waiting');
  notifier.notify();
  expect(await second).toBe('woken');
});

it('ends a wait after its timeout', async () => {
  await expect(newNotifier().wait(1)).resolves.toBeUndefined();
});
