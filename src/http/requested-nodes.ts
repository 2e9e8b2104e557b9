import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.js';

type Arguments = Readonly<Record<string, unknown>>;

/** How long a list is at most, roughly; it may depend on the field's arguments. */
export type ListSize = number | ((args: Arguments) => number);

/** By 'Type.field', or by 'field' for that field of any type. */
export type ListSizes = Readonly<Record<string, ListSize>>;

/** Of a list of which nothing is said. */
const DEFAULT_LIST_SIZE = 10;

const fieldsOf = (type: GraphQLNamedType | undefined) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};

const isConnection = (type: GraphQLNamedType): boolean => {
  const fields = fieldsOf(type);
  return 'pageInfo' in fields && ('nodes' in fields || 'edges' in fields);
};

// Beyond the largest page a resolver refuses by itself, with a better message.
const pageSize = (args: Arguments): number => {
  const asked = [args['first'], args['last']].filter((size) => typeof size === 'number');
  return asked.length === 0 ? DEFAULT_PAGE_SIZE : Math.min(Math.max(...asked, 0), MAX_PAGE_SIZE);
};

/**
 * How many nodes an operation may make us fetch. A node is an item of a connection: one that asks for `first: 100` has
 * 100 of them, times what is asked of each. A plain list belongs to its node and counts only where something that counts
 * is below it: then its items do too, with their expected number. What `@skip` and `@include` leave out is not counted,
 * introspection neither; a field that is written twice counts twice.
 *
 * Zero where the operation or its variables are not valid: execution refuses them. Takes time in proportion to the
 * document, however its fragments multiply.
 */
export const requestedNodeCount = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  schema: GraphQLSchema,
  listSizes: ListSizes = {},
): number => {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 1 });
  if (coerced === undefined) return 0;

  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const isIncluded = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, coerced)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, coerced)?.['if'] !== false;

  const argumentsOf = (field: GraphQLField<unknown, unknown>, node: FieldNode): Arguments => {
    try {
      return getArgumentValues(field, node, coerced);
    } catch {
      // The field will fail with this error, and nothing below it is fetched.
      return {};
    }
  };

  const nodesOfField = (node: FieldNode, parent: GraphQLNamedType): number => {
    const name = node.name.value;
    const field = fieldsOf(parent)[name];
    const type = field && getNamedType(field.type);
    if (!node.selectionSet || !type || !isCompositeType(type) || name.startsWith('__')) return 0;
    const below = nodesBelow(node.selectionSet, type);
    if (isConnection(type)) return pageSize(argumentsOf(field, node)) * below;
    if (isConnection(parent)) return name === 'nodes' || name === 'edges' ? 1 + below : below;
    if (below === 0 || !isListType(getNullableType(field.type))) return below;
    const size = listSizes[`${parent.name}.${name}`] ?? listSizes[name] ?? DEFAULT_LIST_SIZE;
    return (typeof size === 'number' ? size : size(argumentsOf(field, node))) * (1 + below);
  };

  const nodesOfSelection = (node: SelectionNode, parent: GraphQLNamedType): number => {
    if (!isIncluded(node)) return 0;
    if (node.kind === Kind.FIELD) return nodesOfField(node, parent);
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    if (fragment === undefined) return 0;
    const on = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    return nodesBelow(fragment.selectionSet, on ?? parent);
  };

  // A selection set has one type wherever it is used, so that each is counted once, however often it is spread. A
  // fragment that contains itself meets its own zero.
  const counted = new Map<SelectionSetNode, number>();
  const nodesBelow = (selectionSet: SelectionSetNode, type: GraphQLNamedType): number => {
    const known = counted.get(selectionSet);
    if (known !== undefined) return known;
    counted.set(selectionSet, 0);
    const count = selectionSet.selections.reduce((sum, node) => sum + nodesOfSelection(node, type), 0);
    counted.set(selectionSet, count);
    return count;
  };

  return Math.min(nodesBelow(operation.selectionSet, root), Number.MAX_SAFE_INTEGER);
};
