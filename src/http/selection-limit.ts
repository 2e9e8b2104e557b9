import { GraphQLError, Kind, type SelectionNode, type SelectionSetNode, type ValidationRule } from 'graphql';
import { MAX_SELECTIONS } from './limits.js';

/**
 * Refuses an operation that has too many selections when its fragments are written out. Each fragment is counted once, so the
 * time is proportional to the document. The zero that is set first ends the recursion in a fragment that contains itself.
 */
export const limitSelections: ValidationRule = (context) => {
  const counted = new Map<string, number>();

  const ofFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    counted.set(name, 0);
    const fragment = context.getFragment(name);
    const count = fragment ? ofSet(fragment.selectionSet) : 0;
    counted.set(name, count);
    return count;
  };
  const ofSelection = (node: SelectionNode): number => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return 1 + ofFragment(node.name.value);
    return 1 + (node.selectionSet ? ofSet(node.selectionSet) : 0);
  };
  const ofSet = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, node) => sum + ofSelection(node), 0);

  return {
    OperationDefinition({ selectionSet }) {
      const count = ofSet(selectionSet);
      if (count > MAX_SELECTIONS) {
        const [actual, limit] = [count.toLocaleString('en'), MAX_SELECTIONS.toLocaleString('en')];
        const message = `This operation has too many selections: ${actual} with all fragments written out; ${limit} is the limit.`;
        context.reportError(new GraphQLError(message));
      }
      return false;
    },
  };
};
