import { currentChanges } from '../../projections/statements/queries/status-changes.js';
import { statusesAt, type Cell } from '../../projections/statements/queries/statuses.js';
import { statementNotes } from '../../projections/statements/queries/versions.js';
import { defineLoader, defineLoaderAtPoint, defineLoaderAtPosition, sameKey } from '../loaders.js';

const nameOfCell = ({ subject, scale }: Cell): string => `${subject}:${scale}`;

/** The status of a subject on a scale. Null: it has none at the point. */
export const statusOfCell = defineLoaderAtPoint({
  nameOf: nameOfCell,
  fetch: async (cells: readonly Cell[], point, { read }) =>
    new Map((await statusesAt(read, cells, point)).map((status) => [nameOfCell(status), status])),
});

/** The changes of a cell that are known at the position and not superseded there, oldest first. */
export const changesOfCell = defineLoaderAtPosition({
  nameOf: nameOfCell,
  fetch: async (cells: readonly Cell[], position, { read }) =>
    Map.groupBy(await currentChanges(read, cells, position), nameOfCell),
});

/** The reason and the evidence of a version of a statement, by its position. */
export const statementNote = defineLoader({
  nameOf: sameKey<number>,
  fetch: async (positions, { read }) =>
    new Map((await statementNotes(read, positions)).map((note) => [note.position, note])),
});
