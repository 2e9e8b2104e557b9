/**
 * How much of our own code one request runs: the product is started in this process, records statuses until everything is
 * warm, and then one `recordStatus` is measured from its entering until its answer has left. It prints the files, distinct
 * functions and calls of our own code, and how often an event was held against its schema.
 *
 * npm run bench:work -- [--functions]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const WARM_UP_COUNT = 5;
const VALIDATION = 'validateEvent';

const built = fileURLToPath(new URL('..', import.meta.url));
const ownCode = ['events', 'projections', 'schema', 'src'].map((room) => pathToFileURL(join(built, room)).href);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

const showsFunctions = process.argv.includes('--functions');
// The server reads the arguments of this process as its own.
process.argv = process.argv.slice(0, 2);

const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
const port = await freePort();
Object.assign(process.env, { DATA_DIR: directory, PORT: String(port), LOG_LEVEL: 'silent' });

const issued = execFileSync(
  process.execPath,
  [join(built, 'src/cli.js'), 'token', '--role', 'recorder', '--name', 'B'],
  {
    stdio: ['ignore', 'pipe', 'ignore'],
  },
);
const token = issued.toString().trim();
await import(pathToFileURL(join(built, 'src/main.js')).href);

async function ask(query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
  if (errors !== undefined || !data) throw new Error(JSON.stringify(errors));
  return data;
}

const { region } = (await ask('{ region(key: "zeeland") { id } }')) as { region: { id: string } };
const levels = ['3', '4'];

async function recordStatus(index: number): Promise<void> {
  const effectiveOn = new Date(Date.UTC(2021, 0, 1 + index)).toISOString().slice(0, 10);
  const level = levels[index % levels.length];
  const input = { subject: region.id, scale: 'agreements', level, effectiveOn, reason: 'A measurement.' };
  const { recordStatus } = (await ask(
    `mutation ($input: RecordStatusInput!) {
      recordStatus(input: $input) { __typename ... on Recorded { position event { id type } subject { key name revision } } ... on Problem { message } }
    }`,
    { input },
  )) as { recordStatus: { __typename: string; message?: string } };
  if (recordStatus.__typename !== 'Recorded') throw new Error(recordStatus.message);
}

for (let index = 0; index < WARM_UP_COUNT; index += 1) await recordStatus(index);

const inspector = new Session();
inspector.connect();
await inspector.post('Profiler.enable');
await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
await recordStatus(WARM_UP_COUNT);
// What was counted so far is thrown away.
await inspector.post('Profiler.takePreciseCoverage');
await recordStatus(WARM_UP_COUNT + 1);
const { result } = await inspector.post('Profiler.takePreciseCoverage');

const called = result
  .filter(({ url }) => ownCode.some((room) => url.startsWith(`${room}/`)))
  .flatMap(({ url, functions }) =>
    functions.map(({ functionName, ranges: [range] }) => ({
      file: relative(built, fileURLToPath(url)),
      name: functionName,
      at: range?.startOffset ?? 0,
      count: range?.count ?? 0,
    })),
  )
  .filter(({ count }) => count > 0);

const sum = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((all, { count }) => all + count, 0);

if (showsFunctions) {
  for (const { file, name, at, count } of called) console.log(`${file}:${at} ${name || '(anonymous)'} ${count}`);
}
console.log(`files:              ${new Set(called.map(({ file }) => file)).size}`);
console.log(`distinct functions: ${new Set(called.map(({ file, at }) => `${file}:${at}`)).size}`);
console.log(`calls:              ${sum(called)}`);
console.log(`validations:        ${sum(called.filter(({ name }) => name === VALIDATION))}`);

rmSync(directory, { recursive: true, force: true });
process.exit(0);
