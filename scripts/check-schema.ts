import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { buildPeildatumSchema } from '../schema/build-schema.js';
import { printedSchema } from '../schema/print-schema.js';
import { acceptedBreaks } from './accepted-breaks.js';
import { committedSchemas } from './committed-schemas.js';
import { root, SCHEMA_FILE } from './schema-file.js';

const printed = printedSchema(buildPeildatumSchema());
// Printed and read again, so that both sides of a comparison have lost the same: resolvers, and the order of the code.
const current = buildSchema(printed);

const complaints: string[] = [];
if (readFileSync(join(root, SCHEMA_FILE), 'utf8') !== printed) {
  complaints.push(`${SCHEMA_FILE} is not what the code says. Print it: npm run schema:print`);
}

const bases = committedSchemas(process.env['SCHEMA_BASE']);
/** What breaks clients, and of which versions. */
const breaks = new Map<string, string[]>();
for (const { revision, sdl } of bases) {
  for (const { criticality, path = '', message } of await diff(buildSchema(sdl), current)) {
    if (criticality.level !== CriticalityLevel.Breaking || path in acceptedBreaks) continue;
    const text = `${path}: ${message}`;
    breaks.set(text, [...(breaks.get(text) ?? []), revision.slice(0, 10)]);
  }
}
for (const [text, revisions] of breaks) complaints.push(`Breaks clients of ${revisions.join(' and ')}: ${text}`);

if (complaints.length > 0) {
  process.stderr.write(`${complaints.join('\n')}\n`);
  process.exitCode = 1;
} else {
  const compared =
    bases.map(({ revision }) => revision.slice(0, 10)).join(' and ') || 'nothing: git has no version of it';
  process.stdout.write(`${SCHEMA_FILE} is current. Compared for breaking changes with ${compared}.\n`);
}
