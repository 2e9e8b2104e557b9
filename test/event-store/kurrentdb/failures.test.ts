import { afterEach, expect, it, vi } from 'vitest';
import { openKurrentEventStore } from '../../../src/event-store/kurrentdb/index.js';
import type { EventStore } from '../../../src/event-store/port.js';
import { describeOnLoopback, urlOf } from '../../support/kurrentdb/shared.js';
import { startLoopback, type Loopback, type LoopbackOptions } from '../../support/kurrentdb/loopback.js';
import {
  event,
  events,
  eventsOf,
  everything,
  expectDense,
  history,
  sized,
} from '../../contract/event-store/support.js';

type Options = Partial<Parameters<typeof openKurrentEventStore>[0]>;

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function server(options: LoopbackOptions = {}): Promise<Loopback> {
  const loopback = await startLoopback(options);
  closing.push(() => loopback.close());
  return loopback;
}

async function open(loopback: Loopback, options: Options = {}): Promise<EventStore> {
  const store = await openKurrentEventStore({ url: urlOf(loopback), ...options });
  closing.push(() => store.close());
  return store;
}

const commitsOf = ({ memory }: Loopback) => memory.stream('peildatum-log') ?? [];

describeOnLoopback('the engine of KurrentDB', () => {
  for (const batches of [true, false]) {
    const how = batches ? 'in batches' : 'one call each, as before 21.10';

    it(`appends once when the answer was lost, however often (${how})`, async () => {
      const loopback = await server({ batches });
      const store = await open(loopback);
      await store.append({ events: [event('a')] });
      loopback.faults.loseAnswers = 1;
      // The server's own memory of ids is not what this rests on.
      loopback.memory.forgetIds();
      const given = [event('a'), event('b')];
      const result = await store.append({ events: given, expected: new Map([['a', 0]]) });
      expect(result).toMatchObject({ kind: 'APPENDED', events: [{ position: 2, revision: 1 }, { position: 3 }] });
      expect(commitsOf(loopback)).toHaveLength(2);
      expect((await everything(store)).map(({ id }) => id).slice(1)).toEqual(given.map(({ id }) => id));
      loopback.faults.loseAnswers = 1;
      const request = { idempotencyKey: 'key', digest: 'digest' };
      expect((await store.append({ events: [event('a')], request })).kind).toBe('APPENDED');
      expect((await store.append({ events: [event('a')], request })).kind).toBe('REPEATED');
      expect(commitsOf(loopback)).toHaveLength(3);
    });

    it(`appends again what was lost on its way (${how})`, async () => {
      const loopback = await server({ batches });
      const store = await open(loopback);
      loopback.faults.loseRequests = 2;
      expect((await store.append({ events: [event('a')] })).kind).toBe('APPENDED');
      expect(commitsOf(loopback)).toHaveLength(1);
    });

    it(`tells a server that takes too little at once from one that is away (${how})`, async () => {
      const loopback = await server({ batches });
      const store = await open(loopback);
      loopback.memory.limits.maxAppendSize = 1000;
      await expect(store.append({ events: events(20, 'a') })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
      loopback.memory.limits.maxAppendSize = 1_000_000;
      expect((await store.append({ events: events(20, 'a') })).kind).toBe('APPENDED');
    });
  }

  it('opens when its server comes up late, and reads from then on', async () => {
    const loopback = await server();
    await loopback.stop();
    const opening = open(loopback);
    setTimeout(() => void loopback.start(), 1500);
    const store = await opening;
    expect((await store.append({ events: [event('a')] })).kind).toBe('APPENDED');
    expect(await everything(store)).toHaveLength(1);
  });

  it('fails in words when there is no server, and never with a password in them', async () => {
    const loopback = await server();
    await loopback.stop();
    const url = `kurrentdb://peil:sec%40ret@${loopback.address}?tls=false`;
    const failure: unknown = await openKurrentEventStore({ url, retryTimeoutMs: 200 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StoreUnusableError', code: 'UNREACHABLE' });
    expect(String(failure)).not.toMatch(/sec(%40|@)ret/);
    await loopback.start();
  });

  it('waits for a server that is killed and started again, while others append, read and follow', async () => {
    const loopback = await server();
    const [store, other] = [await open(loopback), await open(loopback)];
    let wakes = 0;
    other.onAppend(() => (wakes += 1));
    const acknowledged: string[] = [];
    let going = true;
    const write = async (to: EventStore) => {
      while (going) for (const { id } of eventsOf(await to.append({ events: events(3, 'a') }))) acknowledged.push(id);
    };
    const writing = Promise.all([write(store), write(store), write(other)]);
    for (let kill = 0; kill < 3; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await loopback.stop();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await loopback.start();
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    going = false;
    await writing;
    const log = await everything(store);
    expectDense(log);
    expect(new Set(log.map(({ id }) => id))).toEqual(new Set(acknowledged));
    expect(acknowledged).toHaveLength(log.length);
    expect(await everything(other)).toEqual(log);
    const before = wakes;
    await store.append({ events: [event('a')] });
    await vi.waitFor(() => expect(wakes).toBeGreaterThan(before), { timeout: 10_000 });
  });

  it('follows again after an outage, and is told at once again', async () => {
    const loopback = await server();
    const [store, other] = [await open(loopback), await open(loopback)];
    const woken: number[] = [];
    other.onAppend(() => woken.push(performance.now()));
    await store.append({ events: [event('a')] });
    await vi.waitFor(() => expect(woken.length).toBeGreaterThan(0), { timeout: 5000 });
    await loopback.stop();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await loopback.start();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const delays: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const before = woken.length;
      await store.append({ events: [event('a')] });
      const appended = performance.now();
      await vi.waitFor(() => expect(woken.length).toBeGreaterThan(before), { timeout: 5000, interval: 5 });
      delays.push((woken.at(-1) ?? 0) - appended);
    }
    // By looking every second alone, five in a row would not be so soon.
    expect(Math.max(...delays)).toBeLessThan(500);
  });

  it('does not wait for ever for a server that has fallen silent, says that the append may be there, and finds it', async () => {
    const loopback = await server();
    const store = await open(loopback, { retryTimeoutMs: 300, responseTimeoutMs: 2000 });
    await store.append({ events: [event('a')] });
    loopback.faults.silent = true;
    const given = event('a');
    await expect(store.append({ events: [given] })).rejects.toThrow(/may be in it/);
    await expect(store.head()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    // The past is known here, so it is answered all the same.
    expect(await store.readAll(0, 10)).toHaveLength(1);
    loopback.faults.silent = false;
    expect((await store.append({ events: [given] })).kind).toBe('APPENDED');
    expect((await store.head()).position).toBe(2);
  });

  it('counts an attempt that arrives after its answer was given up on, and appends nothing twice', async () => {
    const loopback = await server();
    const store = await open(loopback, { responseTimeoutMs: 2000 });
    await store.append({ events: [event('a')] });
    loopback.faults.delay = 3000;
    const appending = store.append({ events: [event('a')], expected: new Map([['a', 0]]) });
    setTimeout(() => (loopback.faults.delay = 0), 1000);
    expect((await appending).kind).toBe('APPENDED');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(commitsOf(loopback)).toHaveLength(2);
    expectDense(await everything(store));
  });

  it('loads all of a history through outages, and shows nothing of it before', async () => {
    const loopback = await server();
    const [store, other] = [await open(loopback), await open(loopback)];
    const past = history(4000);
    async function* interrupted() {
      for (const [index, each] of past.entries()) {
        yield each;
        if (index === 1500) loopback.faults.loseAnswers = 1;
        if (index === 2500) loopback.faults.loseRequests = 1;
        if (index % 1000 === 999) expect((await other.head()).position).toBe(0);
      }
      loopback.faults.loseAnswers = 1;
    }
    expect(await store.load(interrupted())).toEqual({ loaded: 4000, present: 0 });
    expect(await everything(other)).toEqual(await everything(store));
    expect(commitsOf(loopback)).toHaveLength(1);
    expect(loopback.memory.streams().filter((name) => name.includes('-part-'))).toHaveLength(1);
  });

  it('leaves no parts behind of what was refused', async () => {
    const loopback = await server();
    const store = await open(loopback);
    const large = event('a', { type: 'ReportPublished', schemaVersion: 1, data: sized(1) });
    expect((await store.append({ events: [large] })).kind).toBe('APPENDED');
    expect((await store.append({ events: [large] })).kind).toBe('DUPLICATE_EVENT');
    const late = history(3000).map((each) => ({ ...each, stream: 'late' }));
    await expect(store.load(late)).rejects.toMatchObject({
      name: 'HistoryRefusedError',
      code: 'LOG_IS_LIVE',
      index: 0,
    });
    await vi.waitFor(() => expect(loopback.memory.streams()).toHaveLength(2));
  });
});
