import { GraphQLError, Kind, OperationTypeNode, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { exampleOperations } from '../../schema/examples/index.js';
import { theSchema } from '../support/execute.js';
import { openTestApi, type TestApi } from '../support/test-api.js';

const examples = exampleOperations.map(({ query, variables = '{}' }) => {
  const document = parse(query);
  const [operation] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name) throw new GraphQLError('A tab is named after its operation.');
  const { name, operation: kind } = operation;
  return { name: name.value, kind, query, document, variables: JSON.parse(variables) as Record<string, unknown> };
});

describe('the example operations', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi({ history: 'SHIPPED' });
  });
  afterAll(() => api.close());

  it('show what the API is for, each under a name of its own', () => {
    expect(examples.map(({ name, kind }) => [name, kind])).toEqual([
      ['StateNow', 'query'],
      ['TimeTravel', 'query'],
      ['AuditOfAPhaseChange', 'query'],
      ['ProofOfAPhase', 'query'],
      ['Table1Rebuilt', 'query'],
      ['Comparison', 'query'],
      ['Live', 'subscription'],
      ['Recording', 'mutation'],
    ]);
  });

  it.each(examples)('are valid: $name', ({ document }) => {
    expect(validate(theSchema(), document)).toEqual([]);
  });

  it.each(examples.filter(({ kind }) => kind === OperationTypeNode.QUERY))(
    'answer on the history that comes with the program: $name',
    async ({ query, variables }) => {
      const answer = JSON.stringify(await api.ask(query, variables));
      expect(answer.length).toBeGreaterThan(400);
      expect(answer).not.toMatch(/"(regions|region|then|now|crossTab|report|table|comparison)":null|"nodes":\[\]/);
    },
  );

  it.each(examples.filter(({ kind }) => kind === OperationTypeNode.MUTATION))(
    'would record something, and record nothing: $name',
    async ({ query, variables }) => {
      const before = await api.log.head();
      const identity = { actor: randomUUID(), roles: ['recorder' as const], expiresAt: new Date('2099-01-01') };
      expect(await api.as(identity).ask(query, variables)).toMatchObject({ recordStatus: { __typename: 'Recorded' } });
      expect(await api.log.head()).toEqual(before);
    },
  );

  it('resume the live one where the history has something to tell', async () => {
    const live = examples.find(({ kind }) => kind === OperationTypeNode.SUBSCRIPTION);
    expect(Number(live?.variables['after'])).toBeLessThan((await api.log.head()).position);
  });
});
