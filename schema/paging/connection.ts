import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Moment } from '../moments/moment.js';

/** Relay's arguments: a page from the front or from the back. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, description: 'How many from the front, 1 to 200. Default: 50. Not with last.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Continue after the entry with this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the back, 1 to 200. Not with first.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before the entry with this cursor.' })
  before?: string | null;
}

/** The arguments of connections that are read from the front only. */
@ArgsType()
export class ForwardPageArguments {
  @Field(() => Int, { nullable: true, description: 'How many, 1 to 200. Default: 50.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Continue after the entry with this cursor.' })
  after?: string | null;
}

@ObjectType({ description: 'Where a page stands in the whole list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'More entries follow this page.' })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Entries precede this page.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'The first entry’s cursor. Null on an empty page.' })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'The last entry’s cursor. Null on an empty page.' })
  readonly endCursor: string | null;

  constructor(hasNextPage: boolean, hasPreviousPage: boolean, cursors: readonly string[]) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.startCursor = cursors[0] ?? null;
    this.endCursor = cursors.at(-1) ?? null;
  }
}

/** What every connection is made from. */
export interface PageOf<T> {
  readonly entries: readonly { readonly node: T; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: number;
  readonly moment: Moment;
}

/** Makes the Relay connection types of a node type: `<name>Connection` and `<name>Edge`. */
export function connectionTypes<T extends object>(
  name: string,
  nodeType: () => ClassType<T> | (abstract new (...args: never[]) => T),
  what: string,
) {
  @ObjectType(`${name}Edge`, { description: `An entry of a list of ${what}.`, simpleResolvers: true })
  class Edge {
    @Field(nodeType as () => ClassType<T>, { description: 'The entry itself.' })
    readonly node: T;

    @Field(() => String, {
      description: 'Where the entry stands: give it as `after` or `before` to continue from here.',
    })
    readonly cursor: string;

    constructor(node: T, cursor: string) {
      this.node = node;
      this.cursor = cursor;
    }
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${what}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'The entries of the page with their cursors.' })
    readonly edges: Edge[];

    @Field(() => [nodeType()] as [ClassType<T>], { description: 'The entries of the page.' })
    readonly nodes: T[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    readonly pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many entries the whole list has.' })
    readonly totalCount: number;

    @Field(() => Moment, {
      description: 'The moment that the list is for. A cursor carries its system time along to the next page.',
    })
    readonly moment: Moment;

    constructor(page: PageOf<T>) {
      this.edges = page.entries.map(({ node, cursor }) => new Edge(node, cursor));
      this.nodes = page.entries.map(({ node }) => node);
      const cursors = page.entries.map(({ cursor }) => cursor);
      this.pageInfo = new PageInfo(page.hasNextPage, page.hasPreviousPage, cursors);
      this.totalCount = page.totalCount;
      this.moment = page.moment;
    }
  }
  return Connection;
}
