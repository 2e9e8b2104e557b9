import { fileURLToPath } from 'node:url';

/** The file with the history that the product comes with: the progress report of January 2021. */
export const shippedHistory = fileURLToPath(new URL('../../../datasets/report-2021-01.ndjson', import.meta.url));
