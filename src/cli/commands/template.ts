import { InvalidArgumentError, Option } from 'commander';
import type { SubjectKind } from '../../../events/primitives.js';
import { openEventStore } from '../../event-store/open.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { buildTemplate, type Template, type TemplateLanguage } from '../../import/statuses/template.js';
import { todayIn } from '../../time/civil-date.js';
import { writeCsvFile } from '../csv-file.js';
import type { RegisterCommand } from '../program.js';
import {
  effectiveDateOf,
  parseDateOption,
  parseSubjects,
  requireReferenceData,
  type SheetOptions,
} from '../sheet-options.js';
import { writeTemplateXlsx } from '../template-xlsx.js';

type Format = 'csv' | 'xlsx';

interface TemplateCommandOptions extends SheetOptions {
  readonly subjects: SubjectKind;
  readonly format?: Format;
  readonly prefilled: boolean;
  readonly language: TemplateLanguage;
  readonly out: string;
}

/** `peildatum template`: writes a sheet to fill in, which `peildatum import` reads. */
export const register: RegisterCommand = (program, { config, stdout }) => {
  program
    .command('template')
    .description('Write a sheet to fill in and import: a row for each region or project, a column for each scale.')
    .requiredOption('--subjects <kind>', 'REGION or PROJECT', parseSubjects)
    .requiredOption('--out <file>', 'the file to write')
    .addOption(new Option('--period <key>', 'for the reference date of this period').conflicts('effectiveOn'))
    .option('--effective-on <date>', 'for this date; without it for today', parseDateOption)
    .option('--format <format>', 'csv or xlsx; without it the extension of the file decides', parseFormat)
    .option('--prefilled', 'fill in the levels that hold on that date', false)
    .addOption(
      new Option('--language <language>', 'the language of headings and levels').choices(['nl', 'en']).default('nl'),
    )
    .action(async (options: TemplateCommandOptions) => {
      const { subjects: kind, prefilled, language, out } = options;
      const { eventStoreUrl, timeZone } = config();
      const log = await openEventStore(eventStoreUrl);
      try {
        const referenceData = await requireReferenceData(log);
        const effectiveOn = effectiveDateOf(options, referenceData) ?? todayIn(timeZone, new Date());
        const template = await buildTemplate(log, referenceData, { kind, effectiveOn, prefilled, language });
        await write(out, options.format ?? formatOf(out), template);
        stdout.write(`Wrote ${template.rows.length} ${kind.toLowerCase()}s, as of ${effectiveOn}, to ${out}.\n`);
      } finally {
        await log.close();
      }
    });
};

function parseFormat(text: string): Format {
  if (text === 'csv' || text === 'xlsx') return text;
  throw new InvalidArgumentError('It is csv or xlsx.');
}

const formatOf = (file: string): Format => (file.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx');

async function write(file: string, format: Format, template: Template): Promise<void> {
  try {
    await (format === 'xlsx' ? writeTemplateXlsx(file, template) : writeCsvFile(file, csvRows(template)));
  } catch (error) {
    throw new ExpectedError(`${file} cannot be written: ${String(error)}`, { cause: error });
  }
}

/** CSV has one sheet only: the levels are explained in comments above the headings. */
function* csvRows({ comments, headings, rows, levels }: Template): Generator<readonly string[]> {
  for (const comment of comments) yield [comment];
  for (const [scale = '', key = '', rank = '', level = ''] of levels.slice(1)) {
    yield [`# ${scale}: ${key}${rank === '' || rank === key ? '' : ` (${rank})`} = ${level}`];
  }
  yield headings;
  yield* rows;
}
