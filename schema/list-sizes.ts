import { MAX_IMPORT_ROWS } from './recording/import-input.js';

/** How long the plain lists are that the cost rule cannot know from the schema, by 'field' or 'Type.field'. */
export const listSizes = {
  nodes: ({ ids }: Readonly<Record<string, unknown>>): number => (Array.isArray(ids) ? ids.length : 1),
  'Imported.rows': MAX_IMPORT_ROWS,
};
