import { open, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import cliProgress from 'cli-progress';
import type { Basis } from '../../../events/primitives.js';
import { isActorId } from '../../authority/authority.js';
import { openVault } from '../../authority/vault/open.js';
import type { Config } from '../../config/config.js';
import { newEventId } from '../../event-store/event-id.js';
import { openEventStore } from '../../event-store/open.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { parseBasis } from '../../import/statuses/basis.js';
import { importSheet, type ImportSheetOptions, type SheetReport } from '../../import/statuses/import-sheet.js';
import { writeCsvFile } from '../csv-file.js';
import { countsOf, reportRows, summary } from '../import-report.js';
import type { RegisterCommand } from '../program.js';
import { effectiveDateOf, readDate, readSubjects, requireReferenceData, type SheetOptions } from '../sheet-options.js';

interface ImportOptions extends SheetOptions {
  readonly sheet?: string;
  readonly basis: Basis;
  readonly reason?: string;
  readonly evidenceTitle?: string;
  readonly evidenceLocator?: string;
  readonly evidenceUrl?: string;
  readonly changesOnly: boolean;
  readonly dryRun: boolean;
  readonly partial: boolean;
  readonly report?: string;
  readonly actor?: string;
}

/** Who records where nobody is named: whoever may use the data directory, on the machine itself. */
const CLI_ACTOR = 'cli';

/** `peildatum import <file>`: what a monitoring team filled in, into the log. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('import')
    .description(
      'Record the statuses in a sheet (CSV or XLSX): all of them, or nothing. Importing it again records nothing new.',
    )
    .argument('<file>', 'a row for each region or project and a column for each scale, or a row for each statement')
    .addOption(
      new Option('--period <key>', 'the levels hold from the reference date of this period on').conflicts(
        'effectiveOn',
      ),
    )
    .option('--effective-on <date>', 'the levels hold from this date on; a date in a row goes before it', readDate)
    .option('--subjects <kind>', 'REGION or PROJECT, where the headings do not tell', readSubjects)
    .option('--sheet <name>', 'the sheet of an XLSX workbook; else the first that is not hidden')
    .option('--basis <basis>', 'how it is known: observed, published or reconstructed', readBasis, 'OBSERVED' as Basis)
    .option('--reason <text>', 'why, for rows that do not say; a lower level and a correction need a reason')
    .option('--evidence-title <text>', 'where it can be checked: the document')
    .option('--evidence-locator <text>', 'the place in the document')
    .option('--evidence-url <address>', 'where the document can be read')
    .option(
      '--changes-only',
      'a level that holds already is unchanged, also where it was stated of an earlier date',
      false,
    )
    .option('--dry-run', 'decide, and record nothing', false)
    .option('--partial', 'record the rows in which nothing is refused', false)
    .option('--report <file>', 'write what became of every cell to this CSV file')
    .option('--actor <id>', `who records it: an actor that had a token; else '${CLI_ACTOR}'`, readActor)
    .action(async (file: string, options: ImportOptions) => {
      const settings = config();
      const actor = await actorOf(options, settings);
      if (options.report !== undefined) await checkWritable(options.report);
      const report = await runImport(file, options, actor, settings, stderr.isTTY === true);
      if (options.report !== undefined) await writeCsvFile(options.report, reportRows(report.cells));
      const counts = countsOf(report.cells);
      stdout.write(`${summary(file, report, counts)}\n`);
      if (options.dryRun) stdout.write('Nothing was recorded: this was a dry run.\n');
      else if (report.position === null && options.partial) stdout.write('Nothing was recorded.\n');
      if (counts.REFUSED > 0 && !options.partial) {
        throw new ExpectedError(
          `Nothing was recorded, since ${counts.REFUSED === 1 ? '1 cell is' : `${counts.REFUSED} cells are`} refused. Mend the sheet and import it again; or record the other rows with --partial.`,
        );
      }
    });
};

function readBasis(text: string): Basis {
  const basis = parseBasis(text);
  if ('value' in basis) return basis.value;
  throw new InvalidArgumentError(basis.refusal.message);
}

// An id that somebody makes up may say who they are, and the log forgets nothing.
function readActor(text: string): string {
  if (!isActorId(text)) throw new InvalidArgumentError('It is the id (a UUID) of an actor that had a token before.');
  return text;
}

async function actorOf({ actor }: ImportOptions, { vaultUrl }: Config): Promise<string> {
  if (actor === undefined) return CLI_ACTOR;
  const vault = await openVault(vaultUrl);
  try {
    if ((await vault.statusOf(actor)) === 'KNOWN') return actor;
    throw new ExpectedError(
      `The vault knows no actor ${actor}. 'peildatum token' issues tokens, and tells the id of their actor.`,
    );
  } finally {
    await vault.close();
  }
}

/** A report that cannot be written must be known before anything is recorded. */
async function checkWritable(file: string): Promise<void> {
  try {
    await (await open(file, 'w')).close();
  } catch (error) {
    throw new ExpectedError(`The report ${file} cannot be written: ${String(error)}`, { cause: error });
  }
}

async function runImport(
  file: string,
  options: ImportOptions,
  actor: string,
  settings: Config,
  isInteractive: boolean,
): Promise<SheetReport> {
  const log = await openEventStore(settings.eventStoreUrl);
  try {
    const referenceData = await requireReferenceData(log);
    const { reason, evidenceTitle, evidenceLocator, evidenceUrl, sheet, subjects, basis } = options;
    const { changesOnly, partial, dryRun } = options;
    if (evidenceTitle === undefined && (evidenceLocator ?? evidenceUrl) !== undefined) {
      throw new ExpectedError('Evidence has a title: add --evidence-title.');
    }
    const evidence =
      evidenceTitle === undefined
        ? null
        : { title: evidenceTitle, locator: evidenceLocator ?? null, url: evidenceUrl ?? null };
    const effectiveOn = effectiveDateOf(options, referenceData);
    const request: ImportSheetOptions = {
      file,
      sheet: sheet ?? null,
      subjects: subjects ?? null,
      defaults: { effectiveOn, basis, reason: reason ?? null, evidence },
      changesOnly,
      partial,
      dryRun,
      actor,
    };
    const recorder = { log, newId: () => newEventId(), newCorrelationId: randomUUID };
    return await withProgressBar(isInteractive, file, (progress) =>
      importSheet({ ...request, ...progress }, referenceData, recorder),
    );
  } finally {
    await log.close();
  }
}

type Progress = Pick<ImportSheetOptions, 'onRead' | 'onDecided'>;

/** Progress bars where somebody watches, silence elsewhere. */
async function withProgressBar<T>(
  isInteractive: boolean,
  file: string,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const size = isInteractive
    ? await stat(file).then(
        (known) => known.size,
        () => 0,
      )
    : 0;
  if (size === 0) return work({});
  const bars = new cliProgress.MultiBar({ clearOnComplete: false }, cliProgress.Presets.shades_classic);
  const reading = bars.create(size, 0, {}, { format: 'Reading  {bar} {percentage}%' });
  let deciding: cliProgress.SingleBar | null = null;
  try {
    return await work({
      onRead: (bytes) => reading.update(bytes),
      onDecided: (rows, of) => {
        reading.update(size);
        deciding ??= bars.create(of, 0, {}, { format: 'Deciding {bar} {value}/{total} statements, {eta} s left' });
        deciding.update(rows);
      },
    });
  } finally {
    bars.stop();
  }
}
