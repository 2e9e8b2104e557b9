/** A Relay connection, as far as paging needs it. */
export interface Page<T> {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

export interface PageRequest {
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string | null;
}

const cannotEnd = (pages: number): void => {
  if (pages > 500) throw new Error('The pages do not end.');
};

/** All entries, by pages from the front. */
export async function forwards<T>(size: number, pageOf: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const entries: T[] = [];
  let after: string | null = null;
  for (let pages = 0; ; pages += 1) {
    cannotEnd(pages);
    const { edges, pageInfo: info }: Page<T> = await pageOf({ first: size, after });
    entries.push(...edges.map(({ node }) => node));
    if (!info.hasNextPage) return entries;
    after = info.endCursor;
  }
}

/** All entries in their order, by pages from the back. */
export async function backwards<T>(size: number, pageOf: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const entries: T[] = [];
  let before: string | null = null;
  for (let pages = 0; ; pages += 1) {
    cannotEnd(pages);
    const { edges, pageInfo: info }: Page<T> = await pageOf({ last: size, before });
    entries.unshift(...edges.map(({ node }) => node));
    if (!info.hasPreviousPage) return entries;
    before = info.startCursor;
  }
}
