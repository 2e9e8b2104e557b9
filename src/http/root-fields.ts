import { getOperationAST, Kind, type DocumentNode, type SelectionSetNode } from 'graphql';

/** The names, not the aliases, of the fields at the top of an operation, those of its fragments included. */
export const rootFieldsOf = (document: DocumentNode, operationName: string | null | undefined): ReadonlySet<string> => {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (selectionSet: SelectionSetNode): void => {
    for (const node of selectionSet.selections) {
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else if (!seen.has(node.name.value)) {
        seen.add(node.name.value);
        for (const definition of document.definitions) {
          if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== node.name.value) continue;
          collect(definition.selectionSet);
        }
      }
    }
  };
  const operation = getOperationAST(document, operationName);
  if (operation) collect(operation.selectionSet);
  return names;
};
