import { basename, join } from 'node:path';

/** This file runs from dist/src/config/, and from src/config/ in tests. */
const parent = join(import.meta.dirname, '..', '..');
const root = basename(parent) === 'dist' ? join(parent, '..') : parent;

/** Files of the product that are read as they are, and not compiled. Absolute paths. */
export const productFiles = {
  /** The history of the report, which an empty log starts with. */
  shippedHistory: join(root, 'datasets', 'report-2021-01.ndjson'),
  /** The directory of the script and the style sheet of the GraphiQL page. */
  graphiqlPage: join(root, 'src', 'http', 'graphiql', 'page'),
  /** The verifier of evidence packs. What is handed out is its source, as it can be read. */
  verifier: join(root, 'verifier', 'verify.mjs'),
} as const;
