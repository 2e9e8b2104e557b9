import { note, type SheetNote } from './sheet.js';
import type { Words } from './words.js';

/** To be selected of every state of the log that a sheet stands on. */
export const TREE_FIELDS = /* GraphQL */ `
  fragment TreeFields on LogTree {
    size
    rootHash
  }
`;

export interface TreeFields {
  readonly size: string;
  readonly rootHash: string;
}

/** What a sheet was computed from, so that it can be held against signed checkpoints. The last of its notes. */
export const treeNotes = (trees: readonly TreeFields[], { tree }: Words): SheetNote[] => [
  note(tree.size, ...trees.map(({ size }) => Number(size))),
  note(tree.rootHash, ...trees.map(({ rootHash }) => rootHash)),
];
