import { readSignedTreeHeads } from '../../proofs/checkpoints/signed-tree-heads.js';
import { checkpointKeyFilesOf, readVerifierKeys } from '../../proofs/checkpoints/checkpoint-keys.js';
import { openCheckpointFiles } from '../../proofs/checkpoints/checkpoint-files.js';
import type { Config } from '../../config/config.js';
import type { EventStore } from '../../event-store/port.js';
import { logFileFaults } from '../../event-store/sqlite/verify-log-file.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { SignedTreeHead } from '../../proofs/verification/tree-verifier.js';
import type { LogReport } from '../../proofs/verification/verify-log.js';
import { verifyEventStore } from '../../proofs/verification/verify-event-store.js';
import type { RowFault } from '../../read-models/verify/compare-tables.js';
import { verifyReadModels, type ReadModelsReport } from '../../read-models/verify/verify-read-models.js';
import { openReadDatabase } from '../../read-models/database/open.js';
import { openExistingLog } from '../open-existing-log.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';
import type { Output } from '../process-io.js';

interface VerifyCommandOptions {
  readonly readModels: boolean;
}

/** The result of one verification: a summary, and the problems, as sentences without their full stops. */
interface Verification {
  readonly summary: string;
  readonly problems: readonly string[];
}

/** `peildatum verify`: verifies the log against its tree and its checkpoints, and the read models against the log. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('verify')
    .description(
      'Read the whole log, compute every hash anew, and compare with its tree and every checkpoint. Then project the log ' +
        'anew and compare with the read models. A server may run.',
    )
    .option('--no-read-models', 'verify the log only')
    .action(async ({ readModels }: VerifyCommandOptions) => {
      const settings = config();
      const log = await openExistingLog(settings);
      try {
        const logResult = await verifyLog(log, settings, stderr);
        stdout.write(`${logResult.summary}\n`);
        const problems = [...logResult.problems];
        if (readModels) {
          const verification = verifyReadModelsOf(log, settings, stderr);
          // A log with problems may be impossible to project. The problems of the log are reported all the same.
          const result = await (problems.length === 0 ? verification : orProblem(verification));
          stdout.write(`${result.summary}\n`);
          problems.push(...result.problems);
        }
        if (problems.length > 0) {
          throw new ExpectedError(`Not sound:\n${problems.map((each) => `- ${each}`).join('\n')}`);
        }
      } finally {
        await log.close();
      }
    });
};

const orProblem = (verification: Promise<Verification>): Promise<Verification> =>
  verification.catch((error: unknown) => ({
    summary: 'The read models: not compared with the log.',
    problems: [
      `the read models cannot be compared with the log: ${error instanceof Error ? error.message : String(error)}`,
    ],
  }));

async function verifyLog(log: EventStore, settings: Config, stderr: Output): Promise<Verification> {
  const keyFiles = checkpointKeyFilesOf(settings);
  const { treeHeads, problems } = await readSignedTreeHeads({
    log,
    checkpointFiles: openCheckpointFiles(settings.dataDir),
    origin: keyFiles.origin,
    verifiers: readVerifierKeys(keyFiles),
  });
  const { position: end } = await log.head();
  const report = await withProgressBar(stderr, 'Verifying', (onProgress) =>
    verifyEventStore(log, { treeHeads, onProgress: (events) => onProgress(events, Math.max(events, end)) }),
  );
  return {
    summary: `The log: ${report.events} events, root ${report.root}. ${checkpointSummary(treeHeads)}`,
    problems: [...logProblems(report), ...logFileProblems(settings), ...problems],
  };
}

function checkpointSummary(treeHeads: readonly SignedTreeHead[]): string {
  const sizes = new Set(treeHeads.map(({ size }) => size));
  if (sizes.size === 0) return 'Nothing was signed of it yet.';
  return `It was signed at ${sizes.size === 1 ? 'one size' : `${sizes.size} sizes`}, the last ${Math.max(...sizes)}.`;
}

/** No problems when the log is on a server: there is no file, and each append checks what is stored beside the events. */
const logFileProblems = ({ eventStoreUrl }: Config): string[] =>
  eventStoreUrl.engine === 'sqlite'
    ? logFileFaults(eventStoreUrl.path).map((fault) => `of the log's file: ${fault}`)
    : [];

function logProblems({ faults, faultCount }: LogReport): string[] {
  const problems = faults.map(({ position, message }) => `the event at position ${position} ${message}`);
  return faultCount > faults.length ? [...problems, `and ${faultCount - faults.length} more of the kind`] : problems;
}

async function verifyReadModelsOf(log: EventStore, { readDatabaseUrl }: Config, stderr: Output): Promise<Verification> {
  const database = await openReadDatabase(readDatabaseUrl);
  try {
    const report = await withProgressBar(stderr, 'Projecting', (onProgress) =>
      verifyReadModels({ log, database, onProgress }),
    );
    return { summary: readModelSummary(report), problems: readModelProblems(report) };
  } finally {
    await database.close();
  }
}

const readModelSummary = ({ version, position, faults }: ReadModelsReport): string =>
  faults === null
    ? `The read models, version ${version}: built by another release, which alone can verify them.`
    : `The read models, version ${version}: compared with the log up to position ${position}.`;

function readModelProblems({ faults, faultCount }: ReadModelsReport): string[] {
  const problems = (faults ?? []).map(rowProblem);
  return faults !== null && faultCount > faults.length
    ? [...problems, `and ${faultCount - faults.length} more rows`]
    : problems;
}

function rowProblem({ table, key, fault }: RowFault): string {
  const row = `the row of ${table} with ${Object.entries(key)
    .map(([column, value]) => `${column} ${String(value)}`)
    .join(' and ')}`;
  if (fault === 'MISSING') return `${row} is missing`;
  if (fault === 'EXTRA') return `${row} follows from no event`;
  return `${row} has another ${fault.differsIn.join(', ')} than follows from the log`;
}
