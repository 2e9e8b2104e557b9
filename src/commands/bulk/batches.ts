/** What is to be decided together: places of rows in the list that they come in, in the order in which they are decided. */
export type Batch = readonly number[];

interface Dated {
  readonly stream: string;
  readonly scale: string;
  readonly effectiveOn: string;
}

/**
 * Rows in batches of about that size, for which history is read and forgotten again. The rows of one subject stay together
 * and come in the order of their dates, so that each is judged by those before it in time, in whatever order a file has
 * them. Regions that get another parent are one batch: whether they run in a circle is seen only in all of them.
 */
export function* batchesOf(rows: readonly Dated[], size: number): Generator<Batch> {
  const bySubject = new Map<string, number[]>();
  const moved = new Set<string>();
  for (const [index, { stream, scale }] of rows.entries()) {
    const known = bySubject.get(stream);
    if (known) known.push(index);
    else bySubject.set(stream, [index]);
    if (scale === 'parent') moved.add(stream);
  }
  const dateOf = (index: number): string => rows[index]?.effectiveOn ?? '';
  const inOrder = (stream: string): number[] =>
    (bySubject.get(stream) ?? []).sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : a - b));

  if (moved.size > 0) yield [...moved].flatMap(inOrder);
  let batch: number[] = [];
  for (const stream of bySubject.keys()) {
    if (moved.has(stream)) continue;
    for (const index of inOrder(stream)) batch.push(index);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
