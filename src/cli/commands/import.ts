import { open } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import type { Basis } from '../../../events/primitives.js';
import { openVault } from '../../authority/vault/open.js';
import type { Config } from '../../config/config.js';
import { newEventId } from '../../event-store/event-id.js';
import { openEventStore } from '../../event-store/open.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { parseBasis } from '../../import/statuses/basis.js';
import { importSheet, type ImportSheetOptions, type SheetReport } from '../../import/statuses/import-sheet.js';
import { writeCsvFile } from '../csv-file.js';
import { countsOf, formatSummary, reportRows } from '../import-report.js';
import { parseActorOption } from '../actor-option.js';
import { withImportProgress } from '../import-progress.js';
import type { Output } from '../process-io.js';
import type { RegisterCommand } from '../program.js';
import {
  effectiveDateOf,
  parseDateOption,
  parseSubjects,
  requireReferenceData,
  type SheetOptions,
} from '../sheet-options.js';

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

/** The actor of a recording without --actor: a person with access to the data directory. */
const CLI_ACTOR = 'cli';

/** `peildatum import <file>`: records the statuses that a monitoring team filled in. */
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
    .option(
      '--effective-on <date>',
      'the levels hold from this date on, except in rows with a date of their own',
      parseDateOption,
    )
    .option('--subjects <kind>', 'REGION or PROJECT, when the headings leave it open', parseSubjects)
    .option('--sheet <name>', 'the sheet of an XLSX workbook; without it the first visible sheet')
    .option(
      '--basis <basis>',
      'how the levels are known: observed, published or reconstructed',
      parseBasisOption,
      'OBSERVED' as Basis,
    )
    .option('--reason <text>', 'the reason for rows without one; a lower level and a correction need a reason')
    .option('--evidence-title <text>', 'the title of the document that is the evidence')
    .option('--evidence-locator <text>', 'the place in the document')
    .option('--evidence-url <address>', 'where the document can be read')
    .option(
      '--changes-only',
      'record nothing for a level that holds already, even if it was stated for an earlier date',
      false,
    )
    .option('--dry-run', 'decide on every row and record nothing', false)
    .option('--partial', 'record the rows without a refusal, and leave out the others', false)
    .option('--report <file>', 'write the outcome of every cell to this CSV file')
    .option('--actor <id>', `the actor that records: one that had a token; without it '${CLI_ACTOR}'`, parseActorOption)
    .action(async (file: string, options: ImportOptions) => {
      const settings = config();
      const actor = await actorOf(options, settings);
      if (options.report !== undefined) await checkWritable(options.report);
      const report = await runImport(file, options, actor, settings, stderr);
      if (options.report !== undefined) await writeCsvFile(options.report, reportRows(report.cells));
      const counts = countsOf(report.cells);
      stdout.write(`${formatSummary(file, report, counts)}\n`);
      if (options.dryRun) stdout.write('Nothing was recorded: this was a dry run.\n');
      else if (report.position === null && options.partial) stdout.write('Nothing was recorded.\n');
      if (counts.REFUSED > 0 && !options.partial) {
        throw new ExpectedError(
          `Nothing was recorded, since ${counts.REFUSED === 1 ? '1 cell is' : `${counts.REFUSED} cells are`} refused. Mend the sheet and import it again; or record the other rows with --partial.`,
        );
      }
    });
};

function parseBasisOption(text: string): Basis {
  const basis = parseBasis(text);
  if ('value' in basis) return basis.value;
  throw new InvalidArgumentError(basis.refusal.message);
}

async function actorOf({ actor }: ImportOptions, { vaultUrl }: Config): Promise<string> {
  if (actor === undefined) return CLI_ACTOR;
  const vault = await openVault(vaultUrl);
  try {
    if ((await vault.statusOf(actor)) === 'KNOWN') return actor;
    throw new ExpectedError(
      `The vault knows no actor ${actor}. 'peildatum token' issues a token and prints the id of its actor.`,
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
  stderr: Output,
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
    return await withImportProgress(stderr, file, (listeners) =>
      importSheet({ ...request, ...listeners }, referenceData, recorder),
    );
  } finally {
    await log.close();
  }
}
