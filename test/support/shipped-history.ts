import { fileURLToPath } from 'node:url';
import type { EventStore } from '../../src/event-store/port.js';
import { loadFile } from '../../src/log-format/load-file.js';

/** The history that the product comes with: the progress report of January 2021. */
export const shippedHistory = fileURLToPath(new URL('../../datasets/report-2021-01.ndjson', import.meta.url));

export const loadShippedHistory = (log: EventStore) => loadFile({ file: shippedHistory, log });
