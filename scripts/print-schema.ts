import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPeildatumSchema } from '../schema/build-schema.js';
import { printedSchema } from '../schema/print-schema.js';
import { root, SCHEMA_FILE } from './schema-file.js';

writeFileSync(join(root, SCHEMA_FILE), printedSchema(buildPeildatumSchema()));
process.stdout.write(`Printed ${SCHEMA_FILE}.\n`);
