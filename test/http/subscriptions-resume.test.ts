import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOREVER } from '../../projections/table.js';
import { liveVersion, tablesOf } from '../../src/read-models/database/versions.js';
import { begin } from '../support/live-client.js';
import { openLiveServer, type LiveServer } from '../support/live-server.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { region, retired, scale, stated, type Written } from './live-history.js';

const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_210_115);
/** Several subscribers take each of them, in the process that also records and serves: minutes on a busy machine. */
const EVENTS = 2_000;
const SUBSCRIBERS = 4;

/** Mulberry32: the same numbers for the same seed. */
const newDice = (seed: number) => {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { upTo: (most: number): number => 1 + Math.floor(random() * most), chance: (p: number) => random() < p };
};
type Dice = ReturnType<typeof newDice>;

const scales = ['agreements', 'dynamics', 'vision'];

/** Registers regions, states levels of them on any date, and retires some: never one of which more is to be said. */
async function record(api: TestApi, dice: Dice): Promise<void> {
  const alive: string[] = [];
  let registered = 0;
  let count = 0;
  const next = (): Written => {
    if (alive.length < 5 || dice.chance(0.05)) {
      registered += 1;
      alive.push(`r-${registered}`);
      return region(`r-${registered}`);
    }
    if (alive.length > 10) return retired(alive.shift() ?? '', '2021-01-01');
    const key = alive[dice.upTo(alive.length) - 1] ?? '';
    const on = scales[dice.upTo(scales.length) - 1] ?? '';
    return stated(key, on, String(dice.upTo(5)), `20${dice.upTo(2) === 1 ? '19' : '20'}-0${dice.upTo(9)}-01`);
  };
  while (count < EVENTS) {
    const batch = Array.from({ length: dice.chance(0.3) ? dice.upTo(8) : 1 }, next);
    const result = await api.log.append({ events: batch });
    expect(result.kind).toBe('APPENDED');
    count += batch.length;
  }
}

interface Place {
  readonly position: number;
  readonly scale: string | null;
}

/** Takes what comes until the last place, and loses its connection again and again on the way. */
async function takeAll<T>(
  urlNow: () => string,
  document: string,
  placeOf: (message: T) => Place,
  isLast: (place: Place) => Promise<boolean>,
  dice: Dice,
): Promise<{ readonly places: readonly Place[]; readonly connections: number }> {
  const places: Place[] = [];
  let connections = 0;
  for (;;) {
    const last = places.at(-1) ?? { position: 0, scale: null };
    if (await isLast(last)) return { places, connections };
    connections += 1;
    const variables = { after: String(last.position), scale: last.scale };
    const operation = begin<T>(urlNow(), document, { variables });
    try {
      for (let quota = dice.upTo(120); quota > 0; quota -= 1) {
        const [message] = await operation.take(1);
        const place = placeOf(message as T);
        places.push(place);
        if (await isLast(place)) break;
      }
    } catch {
      // The server was stopped: on with the next.
    }
    if (dice.chance(0.5)) operation.cut();
    else await operation.complete();
  }
}

/** Every event and scale by which a change began or ended, as the read models have it. */
async function allNews({ database }: TestApi): Promise<string[]> {
  const live = await liveVersion(database.reading);
  const rows = await tablesOf(database.reading, live?.version ?? 0)
    .selectFrom('status_change')
    .selectAll()
    .execute();
  const assessed = rows.filter((row) => scales.includes(row.scale));
  const places = assessed.flatMap((row) => [
    [row.known_from, row.scale] as const,
    [row.superseded_by, row.scale] as const,
  ]);
  const known = places.filter(([position]) => position < FOREVER).sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
  return [...new Set(known.map(([position, on]) => `${position} ${on}`))];
}

describe(`subscribers that lose their connection while events are recorded (seed ${SEED})`, () => {
  let api: TestApi;
  let server: LiveServer;
  beforeAll(async () => {
    api = await openTestApi();
    await api.append(scales.map(scale));
    server = await openLiveServer({ api });
  });
  afterAll(async () => {
    await server.close();
    await api.close();
  });

  it('see each event and each change exactly once and in order, also when the server is started again', async () => {
    let lastPosition = Infinity;
    const urlNow = (): string => server.socketUrl;
    const isLast = async ({ position }: Place): Promise<boolean> => position >= lastPosition;

    const subscribers = Array.from({ length: SUBSCRIBERS }, (_, index) => newDice(SEED + index));
    const events = subscribers.map((dice) =>
      takeAll<{ eventAppended: { position: string } }>(
        urlNow,
        'subscription ($after: Position!) { eventAppended(afterPosition: $after) { position } }',
        ({ eventAppended }) => ({ position: Number(eventAppended.position), scale: null }),
        isLast,
        dice,
      ),
    );
    const news = subscribers.map((dice) =>
      takeAll<{ statusChanged: { position: string; scale: { key: string } } }>(
        urlNow,
        `subscription ($after: Position!, $scale: ID) {
          statusChanged(afterPosition: $after, afterScale: $scale) { position scale { key } }
        }`,
        ({ statusChanged }) => ({ position: Number(statusChanged.position), scale: statusChanged.scale.key }),
        isLast,
        dice,
      ),
    );

    const recording = record(api, newDice(SEED));
    for (let restart = 1; restart <= 3; restart += 1) {
      const after = (restart * EVENTS) / 4;
      while ((await api.log.head()).position < after) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.stop();
      server = await openLiveServer({ api });
    }
    await recording;
    const last = region('last');
    const [, final] = await api.append([last, stated('last', 'dynamics', '1', '2020-01-01')]);
    lastPosition = final?.position ?? 0;

    const everyPosition = Array.from({ length: lastPosition }, (_, index) => index + 1);
    const everyNews = await allNews(api);
    expect(everyNews.length).toBeGreaterThan(EVENTS / 2);
    for (const { places, connections } of await Promise.all(events)) {
      expect(places.map(({ position }) => position)).toEqual(everyPosition);
      expect(connections).toBeGreaterThan(3);
    }
    for (const { places, connections } of await Promise.all(news)) {
      expect(places.map(({ position, scale: on }) => `${position} ${on}`)).toEqual(everyNews);
      expect(connections).toBeGreaterThan(3);
    }
  }, 240_000);
});
