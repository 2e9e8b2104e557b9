import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
});
afterAll(() => api.close());

interface Page {
  readonly count: number;
  readonly subjects: {
    readonly nodes: readonly { readonly key: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

it('one cursor goes on in every cell of a table, until each subject was shown once', async () => {
  const ask = async (after: string | null): Promise<Page[]> => {
    const { crossTab } = await api.ask<{ crossTab: { cells: Page[][] } }>(
      `query ($after: String) { crossTab(subjects: PROJECT, rows: {scale: "status"}, columns: {moments: [{period: "2020-03"}, {period: "2020-10", asPublished: true}]}) {
        cells { count subjects(first: 100, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } } } } }`,
      { after },
    );
    return crossTab.cells.flat();
  };
  const largest = (await ask(null)).findIndex(({ count }) => count === 244);
  const seen: string[] = [];
  for (let cursor: string | null = null, more = true; more;) {
    const { subjects }: Page = (await ask(cursor))[largest] as Page;
    seen.push(...subjects.nodes.map(({ key }) => key));
    ({ endCursor: cursor, hasNextPage: more } = subjects.pageInfo);
  }
  expect(new Set(seen).size).toBe(244);
  expect(seen).toHaveLength(244);
});

it('an id that is none leaves the other nodes their answers', async () => {
  const { region } = await api.ask<{ region: { id: string } }>('{ region(key: "zeeland") { id } }');
  const answer = await api.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
    ids: [region.id, 'junk'],
  });
  expect(answer.data).toEqual({ nodes: [{ __typename: 'Region', id: region.id }, null] });
  expect(answer.errors?.[0]?.extensions?.['code']).toBe('INVALID_ID');
});

it('a region shows the same printed figures, however it was come by', async () => {
  const printed = '... on Region { id explain(scale: "vision") { printedIn { table row column } } }';
  const { region } = await api.ask<{ region: { id: string } }>(
    `{ region(key: "zeeland", at: {period: "2020-10", asPublished: true}) { ${printed} } }`,
  );
  const { node } = await api.ask<{ node: unknown }>(`query ($id: ID!) { node(id: $id) { ${printed} } }`, {
    id: region.id,
  });
  expect(node).toEqual(region);
});
