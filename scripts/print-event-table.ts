import { readFileSync, writeFileSync } from 'node:fs';
import { eventTable } from './event-table.js';

/** Writes the table of docs/events.md anew. Run in the root of the repository. */
const file = 'docs/events.md';
const text = readFileSync(file, 'utf8');
writeFileSync(
  file,
  text.replace(/^\| event type [^]*?(?=\n\n)/m, () => eventTable()),
);
