import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeCloudEvent } from '../src/log-format/write-cloud-event.js';
import { reportHistory } from './report-2021-01/history.js';

// Runs from dist/datasets; what it writes stands beside the sources.
const file = fileURLToPath(new URL('../../datasets/report-2021-01.ndjson', import.meta.url));
const history = await reportHistory();
await writeFile(file, history.map((event) => `${writeCloudEvent(event)}\n`).join(''));
process.stdout.write(`${history.length} events in ${file}\n`);
