import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const released = new URL('../fixtures/release-0.1.0/', import.meta.url);

/** The public key of the log that release 0.1.0 made the evidence pack and the backup of. */
export const RELEASED_KEY = 'peildatum.example.org/log+1640ee8d+Af3H4rK6sxKvEhlZEPpjireXM2ZCRY7c9sG1lxYysvxf';

/**
 * Writes a directory that release 0.1.0 made: an evidence pack of the period 2019-03, or a backup. Both are of one log of 33
 * events. The fixture is a gzipped JSON object of file names and their content in base64.
 */
export function writeReleased(what: 'pack' | 'backup', directory: string): void {
  const text = gunzipSync(readFileSync(new URL(`${what}.json.gz`, released))).toString('utf8');
  const files = JSON.parse(text) as Readonly<Record<string, string>>;
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(content, 'base64'));
  }
}
