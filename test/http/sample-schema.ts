import { buildSchema, GraphQLError, Kind, type GraphQLScalarType, type GraphQLSchema, type ValueNode } from 'graphql';
import type { CachingContext } from '../../src/http/cache.js';

export interface SampleContext extends CachingContext {
  /** Resolves when the test lets slow fields go on. */
  readonly gate: Promise<void>;
  readonly onSlow: () => void;
}

const parseDay = (value: unknown, node?: ValueNode): string => {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const day = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
  }
  throw new GraphQLError(`${JSON.stringify(value)} is not a date of the calendar.`, {
    ...(node === undefined ? {} : { nodes: node }),
    extensions: { code: 'INVALID_DATE' },
  });
};

const sdl = `
  scalar Day
  enum Colour { RED BLUE }
  input At { asOf: Day, notes: [At!] }
  input Axis @oneOf { scale: ID, at: At }
  type PageInfo { hasNextPage: Boolean! }
  type Region {
    key: ID!
    parent: Region
    statuses: [Status!]!
    neighbours(first: Int, last: Int): RegionConnection!
  }
  type Status { level: Int!, region: Region! }
  type RegionEdge { cursor: ID!, node: Region! }
  type RegionConnection { nodes: [Region!]!, edges: [RegionEdge!]!, pageInfo: PageInfo!, totalCount: Int! }
  type Query {
    hello(name: String = "world"): String!
    pinned(at: At): String!
    head: String!
    region(key: ID!, at: At): Region!
    regions(first: Int, last: Int): RegionConnection!
    byKeys(keys: [ID!]!): [Region!]!
    days(day: Day, days: [Day!], at: At, axis: Axis): String!
    number(of: Int!): Int!
    crash: String
    crashWithCode: String
    away: String
    refusal: String
    colour: Colour
    nothing: String!
    slow: String!
  }
  type Mutation { greet: String! }
  type Subscription { greeted: String! }
`;

const region = (key: string): object => ({
  key,
  parent: null,
  statuses: [],
  neighbours: { nodes: [], edges: [], pageInfo: { hasNextPage: false }, totalCount: 0 },
});

const fail = (error: Error): never => {
  throw error;
};

const root = {
  hello: ({ name }: { name: string }) => `hello ${name}`,
  pinned: (_args: object, { caching }: SampleContext) => {
    caching.dependsOn('PINNED');
    return 'as it was';
  },
  head: (_args: object, { caching }: SampleContext) => {
    caching.dependsOn('HEAD');
    return 'as it is';
  },
  region: ({ key }: { key: string }) => region(key),
  regions: () => ({ nodes: [], edges: [], pageInfo: { hasNextPage: false }, totalCount: 0 }),
  byKeys: ({ keys }: { keys: string[] }) => keys.map(region),
  days: (args: object) => JSON.stringify(args),
  number: ({ of }: { of: number }) => of,
  crash: () => fail(new Error('SQLITE_ERROR: no such table: secrets')),
  away: () => fail(Object.assign(new Error('The secret server is away.'), { code: 'UNREACHABLE' })),
  crashWithCode: () => fail(Object.assign(new Error('secrets'), { extensions: { code: 'SQLITE_BUSY' } })),
  refusal: () => fail(new GraphQLError('There is no such region.', { extensions: { code: 'NOT_FOUND' } })),
  colour: () => 'secret green',
  nothing: () => null,
  slow: async (_args: object, { gate, onSlow }: SampleContext) => {
    onSlow();
    await gate;
    return 'done at last';
  },
  greet: () => 'hi',
  greeted: () => 'hi',
};

/** A schema with one field for each thing that the host has to deal with. */
export const sampleSchema = (): GraphQLSchema => {
  const schema = buildSchema(sdl);
  const day = schema.getType('Day') as GraphQLScalarType;
  day.parseValue = (value) => parseDay(value);
  day.parseLiteral = (node) => parseDay(node.kind === Kind.STRING ? node.value : null, node);
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = (root as Record<string, (args: object, context: SampleContext) => unknown>)[field.name];
      if (resolve) field.resolve = (_source, args: object, context: SampleContext) => resolve(args, context);
    }
  }
  return schema;
};
