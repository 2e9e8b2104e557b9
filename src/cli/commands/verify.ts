import { readSignedTreeHeads } from '../../proofs/checkpoints/signed-tree-heads.js';
import { checkpointKeyFilesOf, readVerifierKeys } from '../../proofs/checkpoints/checkpoint-keys.js';
import { openCheckpointFiles } from '../../proofs/checkpoints/checkpoint-files.js';
import type { Config } from '../../config/config.js';
import type { EventStore } from '../../event-store/port.js';
import { logFileFaults } from '../../event-store/sqlite/verify.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { LogReport } from '../../proofs/verification/verify-log.js';
import { verifyEventStore } from '../../proofs/verification/verify-event-store.js';
import type { RowFault } from '../../read-models/verify/compare-tables.js';
import { verifyReadModels, type ReadModelsReport } from '../../read-models/verify/verify-read-models.js';
import { openReadDatabase } from '../../read-models/database/open.js';
import { openExistingLog } from '../open-existing-log.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';
import type { Output } from '../process-io.js';

interface VerifyOptions {
  readonly readModels: boolean;
}

/** What came of a part: what is to be said, and what is wrong. */
interface Verdict {
  readonly told: string;
  readonly problems: readonly string[];
}

/** `peildatum verify`: the log against its tree and all that was signed of it, and the read models against the log. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('verify')
    .description(
      'Read all of the log, compute every hash anew and hold it against its tree and every checkpoint; then fold it anew ' +
        'and hold the read models against that. A server may go on meanwhile.',
    )
    .option('--no-read-models', 'only the log')
    .action(async ({ readModels }: VerifyOptions) => {
      const settings = config();
      const log = await openExistingLog(settings);
      try {
        const problems = tell(await verifiedLog(log, settings, stderr), stdout);
        if (readModels) {
          const held = verifiedReadModels(log, settings, stderr);
          problems.push(...tell(await (problems.length === 0 ? held : orWhyNot(held)), stdout));
        }
        if (problems.length > 0)
          throw new ExpectedError(`Not sound:\n${problems.map((each) => `- ${each}`).join('\n')}`);
      } finally {
        await log.close();
      }
    });
};

/** A log that is not sound may not fold either. What was found of it is told all the same. */
const orWhyNot = (held: Promise<Verdict>): Promise<Verdict> =>
  held.catch((error: unknown) => ({
    told: 'The read models: not held against the log.',
    problems: [`the read models cannot be held against it: ${error instanceof Error ? error.message : String(error)}`],
  }));

function tell({ told, problems }: Verdict, stdout: Output): string[] {
  stdout.write(`${told}\n`);
  return [...problems];
}

async function verifiedLog(log: EventStore, settings: Config, stderr: Output): Promise<Verdict> {
  const places = checkpointKeyFilesOf(settings);
  const sources = {
    log,
    checkpointFiles: openCheckpointFiles(settings.dataDir),
    origin: places.origin,
    verifiers: readVerifierKeys(places),
  };
  const { treeHeads, problems } = await readSignedTreeHeads(sources);
  const { position: end } = await log.head();
  const report = await withProgressBar(stderr, 'Verifying', (onProgress) =>
    verifyEventStore(log, { treeHeads, onProgress: (events) => onProgress(events, Math.max(events, end)) }),
  );
  const sizes = new Set(treeHeads.map(({ size }) => size)).size;
  const checkpoints =
    sizes === 0
      ? 'Nothing was signed of it yet.'
      : `It was signed at ${sizes === 1 ? 'one size' : `${sizes} sizes`}, the last ${Math.max(...treeHeads.map(({ size }) => size))}.`;
  return {
    told: `The log: ${report.events} events, root ${report.root}. ${checkpoints}`,
    problems: [...faultsOf(report), ...fileFaults(settings), ...problems],
  };
}

/** On a server there is no file, and what is kept beside the events is held to them by each append. */
const fileFaults = ({ eventStoreUrl }: Config): string[] =>
  eventStoreUrl.engine === 'sqlite'
    ? logFileFaults(eventStoreUrl.path).map((fault) => `of the log's file: ${fault}`)
    : [];

function faultsOf({ faults, faultCount }: LogReport): string[] {
  const told = faults.map(({ position, message }) => `the event at position ${position} ${message}`);
  return faultCount > faults.length ? [...told, `and ${faultCount - faults.length} more of the kind`] : told;
}

async function verifiedReadModels(log: EventStore, { readDatabaseUrl }: Config, stderr: Output): Promise<Verdict> {
  const database = await openReadDatabase(readDatabaseUrl);
  try {
    const report = await withProgressBar(stderr, 'Folding', (onProgress) =>
      verifyReadModels({ log, database, onProgress }),
    );
    return { told: toldOf(report), problems: problemsOf(report) };
  } finally {
    await database.close();
  }
}

const toldOf = ({ version, position, faults }: ReadModelsReport): string =>
  faults === null
    ? `The read models, version ${version}: built by another release, which alone knows what they should hold.`
    : `The read models, version ${version}: held against the log up to position ${position}.`;

function problemsOf({ faults, faultCount }: ReadModelsReport): string[] {
  const told = (faults ?? []).map(rowProblem);
  return faults !== null && faultCount > faults.length
    ? [...told, `and ${faultCount - faults.length} more rows`]
    : told;
}

function rowProblem({ table, key, fault }: RowFault): string {
  const row = `the row of ${table} with ${Object.entries(key)
    .map(([column, value]) => `${column} ${String(value)}`)
    .join(' and ')}`;
  if (fault === 'MISSING') return `${row} is missing`;
  if (fault === 'EXTRA') return `${row} follows from no event`;
  return `${row} has another ${fault.differsIn.join(', ')} than follows from the log`;
}
