import DataLoader from 'dataloader';
import type { Point } from '../projections/point.js';
import type { Context } from './context.js';

/**
 * Defines a value that each request has of its own. It is created when the request first asks for it and goes away with the
 * context, so that nothing that one request has read can answer another.
 */
export function perRequest<T extends object>(create: (context: Context) => T): (context: Context) => T {
  const byContext = new WeakMap<Context, T>();
  return (context) => {
    const known = byContext.get(context);
    if (known) return known;
    const created = create(context);
    byContext.set(context, created);
    return created;
  };
}

/**
 * Defines a question that is asked once per key and request.
 *
 * @param nameOf names a key: keys of the same name are the same
 */
export function oncePerRequest<K, V>(
  fetch: (key: K, context: Context) => Promise<V>,
  nameOf: (key: K) => string | number,
): (key: K, context: Context) => Promise<V> {
  const answersOf = perRequest(() => new Map<string | number, Promise<V>>());
  return (key, context) => {
    const answers = answersOf(context);
    const name = nameOf(key);
    const known = answers.get(name);
    if (known) return known;
    const answer = fetch(key, context);
    answers.set(name, answer);
    return answer;
  };
}

/** How a loader fetches a batch of keys. `fetch` answers with the values found, by the names of their keys. */
interface Batch<K, N extends string | number, V> {
  readonly nameOf: (key: K) => N;
  readonly fetch: (keys: readonly K[]) => Promise<ReadonlyMap<N, V>>;
}

const newLoader = <K, N extends string | number, V>({ nameOf, fetch }: Batch<K, N, V>): DataLoader<K, V | null, N> =>
  new DataLoader<K, V | null, N>(
    async (keys) => {
      const found = await fetch(keys);
      return keys.map((key) => found.get(nameOf(key)) ?? null);
    },
    { cacheKeyFn: nameOf },
  );

/** Defines a loader: the keys asked for in one go are fetched together, each once per request. Null: nothing was found. */
export function defineLoader<K, N extends string | number, V>(definition: {
  readonly nameOf: (key: K) => N;
  readonly fetch: (keys: readonly K[], context: Context) => Promise<ReadonlyMap<N, V>>;
}): (key: K, context: Context) => Promise<V | null> {
  const { nameOf, fetch } = definition;
  const loaderOf = perRequest((context) => newLoader({ nameOf, fetch: (keys) => fetch(keys, context) }));
  return (key, context) => loaderOf(context).load(key);
}

/** Defines a loader of what depends on a location in time: one fetch per location. */
function defineLocatedLoader<L, K, N extends string | number, V>(
  nameOfLocation: (at: L) => string | number,
  nameOf: (key: K) => N,
  fetch: (keys: readonly K[], at: L, context: Context) => Promise<ReadonlyMap<N, V>>,
): (key: K, at: L, context: Context) => Promise<V | null> {
  const loadersOf = perRequest(() => new Map<string | number, DataLoader<K, V | null, N>>());
  return (key, at, context) => {
    const loaders = loadersOf(context);
    const location = nameOfLocation(at);
    const loader = loaders.get(location) ?? newLoader({ nameOf, fetch: (keys) => fetch(keys, at, context) });
    loaders.set(location, loader);
    return loader.load(key);
  };
}

export const nameOfPoint = ({ asOf, position }: Point): string => `${asOf}@${position}`;

/** Defines a loader of what is known of something at a point: one fetch per point. */
export const defineLoaderAtPoint = <K, N extends string | number, V>(definition: {
  readonly nameOf: (key: K) => N;
  readonly fetch: (keys: readonly K[], point: Point, context: Context) => Promise<ReadonlyMap<N, V>>;
}): ((key: K, point: Point, context: Context) => Promise<V | null>) =>
  defineLocatedLoader(nameOfPoint, definition.nameOf, definition.fetch);

/** Defines a loader of what is known by a position, whatever the date: one fetch per position. */
export const defineLoaderAtPosition = <K, N extends string | number, V>(definition: {
  readonly nameOf: (key: K) => N;
  readonly fetch: (keys: readonly K[], position: number, context: Context) => Promise<ReadonlyMap<N, V>>;
}): ((key: K, position: number, context: Context) => Promise<V | null>) =>
  defineLocatedLoader((position: number) => position, definition.nameOf, definition.fetch);

export const sameKey = <K extends string | number>(key: K): K => key;

export const mapById = <T extends { readonly id: number }>(items: readonly T[]): Map<number, T> =>
  new Map(items.map((item) => [item.id, item]));
