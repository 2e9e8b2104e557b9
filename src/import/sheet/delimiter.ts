const delimiters = [',', ';', '\t'] as const;

export type Delimiter = (typeof delimiters)[number];

export const inWords: Readonly<Record<Delimiter, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

/** How many cells begin in each line of the text, if that separates them. What stands in quotation marks separates nothing. */
function separators(text: string, delimiter: Delimiter): number[] {
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

/** How many lines have as many separators as most lines that have any, and how many that is. */
function regularity(counts: readonly number[]): number {
  const lines = new Map<number, number>();
  for (const count of counts) if (count > 0) lines.set(count, (lines.get(count) ?? 0) + 1);
  return Math.max(0, ...[...lines].map(([count, times]) => times * 1000 + count));
}

/** What separates the cells of a CSV file, by how it begins: what separates the most lines into the same number of cells. */
export function detectDelimiter(beginning: string): Delimiter {
  const [best = ','] = delimiters
    .map((delimiter) => ({ delimiter, regularity: regularity(separators(beginning, delimiter)) }))
    .sort((a, b) => b.regularity - a.regularity)
    .map(({ delimiter }) => delimiter);
  return best;
}
