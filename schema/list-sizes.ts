import { MAX_IMPORT_ROW_COUNT } from './imports/import-input.js';

/**
 * How many items the plain lists have whose size does not follow from the schema, by 'field' or 'Type.field'. The limit on
 * requested nodes counts with these sizes.
 */
export const listSizes = {
  nodes: ({ ids }: Readonly<Record<string, unknown>>): number => (Array.isArray(ids) ? ids.length : 1),
  'Imported.rows': MAX_IMPORT_ROW_COUNT,
};
