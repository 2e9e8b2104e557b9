import { note, type SheetNote } from '../sheet.js';
import type { Labels } from '../labels/labels.js';

/** The fields of the Merkle tree of a state of the log that a sheet was computed from. */
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

/** The last notes of a sheet: the trees that it was computed from, so that it can be checked against signed checkpoints. */
export const treeNotes = (trees: readonly TreeFields[], { tree }: Labels): SheetNote[] => [
  note(tree.size, ...trees.map(({ size }) => Number(size))),
  note(tree.rootHash, ...trees.map(({ rootHash }) => rootHash)),
];
