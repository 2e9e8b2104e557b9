import {
  IdentifierNode,
  OperationNodeTransformer,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type TableNode,
  type UnknownRow,
} from 'kysely';

/** Directs queries to the tables of one version of the read models: 'statement' becomes 'm3_statement'. */
class PrefixTransformer extends OperationNodeTransformer {
  readonly #prefix: string;
  readonly #names: ReadonlySet<string>;

  constructor(prefix: string, names: ReadonlySet<string>) {
    super();
    this.#prefix = prefix;
    this.#names = names;
  }

  protected override transformTable(node: TableNode): TableNode {
    const { name } = node.table.identifier;
    // Kysely has a table node for an alias too: only the read models' own names get the prefix.
    if (!this.#names.has(name)) return node;
    return { ...node, table: { ...node.table, identifier: IdentifierNode.create(this.#prefix + name) } };
  }
}

export function prefixPlugin(prefix: string, names: ReadonlySet<string>): KyselyPlugin {
  const transformer = new PrefixTransformer(prefix, names);
  return {
    transformQuery: ({ node, queryId }: PluginTransformQueryArgs): RootOperationNode =>
      transformer.transformNode(node, queryId),
    transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => result,
  };
}
