import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
  await api.ask('{ logHead { size } }');
});
afterAll(() => api.close());

/** How often the log is asked for the tree and for checkpoints, whatever else it is asked. */
async function timesAsked(document: string): Promise<number> {
  const asked = [
    vi.spyOn(api.log, 'subtreeHashes'),
    vi.spyOn(api.log, 'checkpoints'),
    vi.spyOn(api.log, 'byPositions'),
  ];
  try {
    await api.ask(document);
    return asked.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  } finally {
    for (const spy of asked) spy.mockRestore();
  }
}

const PROOF = 'inclusionProof { path rootHash tlogProof }';

describe('proofs of everything on a page', () => {
  it.each([
    [
      'of explanations',
      (n: number) =>
        `{ regions(first: ${n}) { nodes { explain(scale: "vision") { statements { event { ${PROOF} } } } } } }`,
    ],
    ['of changes', (n: number) => `{ statusChanges(first: ${n}) { nodes { event { ${PROOF} } } } }`],
    ['of events', (n: number) => `{ events(first: ${n}) { nodes { ${PROOF} } } }`],
  ])('%s need as many questions to the log as those of one thing', async (_, documentFor) => {
    const one = await timesAsked(documentFor(1));
    expect(one).toBeGreaterThan(0);
    expect(await timesAsked(documentFor(30))).toBe(one);
  });
});
