const delimiters = [',', ';', '\t'] as const;

export type Delimiter = (typeof delimiters)[number];

export const delimiterNames: Readonly<Record<Delimiter, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

/** The number of delimiters in each line of the text, outside quotation marks. */
function delimiterCounts(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  let count = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === delimiter) count += 1;
    else if (character === '\n') {
      counts.push(count);
      count = 0;
    }
  }
  return count > 0 ? [...counts, count] : counts;
}

/** Higher for more lines with the same number of delimiters and, among equals, for more delimiters in a line. */
function regularity(counts: readonly number[]): number {
  const lines = new Map<number, number>();
  for (const count of counts) if (count > 0) lines.set(count, (lines.get(count) ?? 0) + 1);
  return Math.max(0, ...[...lines].map(([count, times]) => times * 1000 + count));
}

/** The delimiter of a CSV file, detected from its beginning: the one that divides most lines into the same number of cells. */
export function detectDelimiter(beginning: string): Delimiter {
  const [best = ','] = delimiters
    .map((delimiter) => ({ delimiter, regularity: regularity(delimiterCounts(beginning, delimiter)) }))
    .sort((a, b) => b.regularity - a.regularity)
    .map(({ delimiter }) => delimiter);
  return best;
}
