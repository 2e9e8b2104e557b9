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

/** The expected number of items of a list; it may depend on the field's arguments. */
export type ListSize = number | ((args: Arguments) => number);

/** By 'Type.field', or by 'field' for that field of any type. */
export type ListSizes = Readonly<Record<string, ListSize>>;

/** The size of a list without an entry in ListSizes. */
const DEFAULT_LIST_SIZE = 10;

const fieldsOf = (type: GraphQLNamedType | undefined) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};

const isConnection = (type: GraphQLNamedType): boolean => {
  const fields = fieldsOf(type);
  return 'pageInfo' in fields && ('nodes' in fields || 'edges' in fields);
};

// A resolver refuses a page beyond the largest, with a better message than this limit has.
const pageSize = (args: Arguments): number => {
  const sizes = [args['first'], args['last']].filter((size) => typeof size === 'number');
  return sizes.length === 0 ? DEFAULT_PAGE_SIZE : Math.min(Math.max(...sizes, 0), MAX_PAGE_SIZE);
};

/**
 * How many nodes an operation may make the server fetch. A node is an item of a connection: a connection with `first: 100` has
 * 100 nodes, and each of them has those of the connections below it. The items of a plain list count, by their expected
 * number, only where a connection stands below the list. Fields that `@skip` or `@include` leaves out do not count, nor does
 * introspection; a field that is written twice counts twice.
 *
 * The count is zero where the operation or its variables are not valid, because execution refuses them. The time is
 * proportional to the size of the document, however often its fragments are spread.
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

  // Coerced only when they are needed: execution coerces them again, and most mutations need none to be counted.
  let result: ReturnType<typeof getVariableValues> | undefined;
  const coercedVariables = (): Arguments | undefined => {
    result ??= getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 1 });
    return result.coerced;
  };

  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const isIncluded = (node: SelectionNode): boolean => {
    if (!node.directives?.length) return true;
    const coerced = coercedVariables();
    if (coerced === undefined) return false;
    return (
      getDirectiveValues(GraphQLSkipDirective, node, coerced)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, coerced)?.['if'] !== false
    );
  };

  const argumentsOf = (field: GraphQLField<unknown, unknown>, node: FieldNode): Arguments => {
    try {
      return getArgumentValues(field, node, coercedVariables() ?? {});
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

  // A selection set has the same type wherever it is spread, so each is counted once. The zero that is set first ends the
  // recursion in a fragment that contains itself.
  const counted = new Map<SelectionSetNode, number>();
  const nodesBelow = (selectionSet: SelectionSetNode, type: GraphQLNamedType): number => {
    const known = counted.get(selectionSet);
    if (known !== undefined) return known;
    counted.set(selectionSet, 0);
    const count = selectionSet.selections.reduce((sum, node) => sum + nodesOfSelection(node, type), 0);
    counted.set(selectionSet, count);
    return count;
  };

  const count = nodesBelow(operation.selectionSet, root);
  return count === 0 || coercedVariables() === undefined ? 0 : Math.min(count, Number.MAX_SAFE_INTEGER);
};
