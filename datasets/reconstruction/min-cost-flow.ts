/** A directed arc that carries at most `capacity` units, each at `cost`. */
interface Arc {
  readonly to: number;
  readonly cost: number;
  capacity: number;
}

/** A network under construction; arcs stand in pairs, each followed by its residual reverse. */
export interface Network {
  readonly arcs: Arc[];
  readonly leaving: number[][];
}

export const newNetwork = (nodes: number): Network => ({ arcs: [], leaving: Array.from({ length: nodes }, () => []) });

/** Adds an arc and returns its number, with which `flowOn` reads what it carries. */
export function addArc(net: Network, from: number, to: number, capacity: number, cost: number): number {
  const number = net.arcs.length;
  net.arcs.push({ to, cost, capacity }, { to: from, cost: -cost, capacity: 0 });
  net.leaving[from]?.push(number);
  net.leaving[to]?.push(number + 1);
  return number;
}

/** The flow on an arc is what its reverse could give back. */
export const flowOn = (net: Network, arc: number): number => net.arcs[arc + 1]?.capacity ?? 0;

/** The arcs of a cheapest path that can carry more, by Bellman-Ford with a queue; null when there is none. */
function cheapestPath(net: Network, source: number, sink: number): number[] | null {
  const distance = net.leaving.map(() => Infinity);
  const arrival = net.leaving.map(() => -1);
  const queued = net.leaving.map(() => false);
  distance[source] = 0;
  const queue = [source];
  for (const node of queue) {
    queued[node] = false;
    for (const number of net.leaving[node] ?? []) {
      const { to, cost, capacity } = net.arcs[number] as Arc;
      const length = (distance[node] as number) + cost;
      if (capacity === 0 || length >= (distance[to] as number)) continue;
      distance[to] = length;
      arrival[to] = number;
      if (!queued[to]) queue.push(to);
      queued[to] = true;
    }
  }
  if (distance[sink] === Infinity) return null;
  const path: number[] = [];
  for (let node = sink; node !== source; node = net.arcs[(path.at(-1) as number) ^ 1]?.to as number) {
    path.push(arrival[node] as number);
  }
  return path;
}

/**
 * Sends up to `amount` units from source to sink at the least total cost (successive shortest paths) and returns how
 * many arrived. Ties fall to the arc added first, so equal networks get equal flows.
 */
export function send(net: Network, source: number, sink: number, amount: number): number {
  let sent = 0;
  while (sent < amount) {
    const path = cheapestPath(net, source, sink);
    if (path === null) break;
    const arcs = path.map((number) => net.arcs[number] as Arc);
    const step = Math.min(amount - sent, ...arcs.map(({ capacity }) => capacity));
    path.forEach((number) => {
      (net.arcs[number] as Arc).capacity -= step;
      (net.arcs[number ^ 1] as Arc).capacity += step;
    });
    sent += step;
  }
  return sent;
}
