import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError } from 'commander';
import { writeFileAtomically } from '../../files/durable-file.js';
import { writeLines, type LogRange } from '../../log-format/write-lines.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { rootAt } from '../../proofs/merkle/root.js';
import { openExistingLog } from '../open-existing-log.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';
import type { Output } from '../process-io.js';

interface ExportCommandOptions {
  readonly out: string;
  readonly after: number;
  readonly upTo?: number;
}

/** `peildatum export`: writes the log into a file that `peildatum load` reads. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('export')
    .description('Write the log as CloudEvents 1.0 in JSON, one event a line (NDJSON). peildatum load reads the file.')
    .option('--out <file>', 'the file to write; it exists once it is complete. - is standard output', '-')
    .option('--after <position>', 'only the events after this position of the log', parsePosition, 0)
    .option('--up-to <position>', 'only the events up to and including this position of the log', parsePosition)
    .action(async (options: ExportCommandOptions) => {
      const log = await openExistingLog(config());
      try {
        const range = rangeOf(options, (await log.head()).position);
        const { out } = options;
        await withProgressBar(stderr, 'Exporting', (onProgress) => {
          const lines = writeLines(log, range, (position) =>
            onProgress(position - range.after, range.upTo - range.after),
          );
          return out === '-' ? writeOut(lines, stdout) : writeFileAtomically(out, lines);
        });
        // The summary must not mix with events on standard output.
        const root = await rootAt(range.upTo, (subtrees) => log.subtreeHashes(subtrees));
        (out === '-' ? stderr : stdout).write(formatResult(range, out, root));
      } finally {
        await log.close();
      }
    });
};

function parsePosition(text: string): number {
  const position = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(position)) throw new InvalidArgumentError('It is a position in the log: a whole number from 0 on.');
  return position;
}

function rangeOf({ after, upTo }: ExportCommandOptions, head: number): LogRange {
  for (const [option, position] of Object.entries({ '--after': after, '--up-to': upTo ?? 0 })) {
    if (position > head) throw new ExpectedError(`${option} is ${position}, but the log ends at position ${head}.`);
  }
  if (upTo !== undefined && upTo < after) throw new ExpectedError(`--up-to ${upTo} stands before --after ${after}.`);
  return { after, upTo: upTo ?? head };
}

/** Writes no faster than the other end reads. */
async function writeOut(lines: AsyncIterable<string>, stdout: Output): Promise<void> {
  try {
    await pipeline(Readable.from(lines, { highWaterMark: 1 }), streamOf(stdout), { end: false });
  } catch (error) {
    const isClosed = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    throw isClosed ? new ExpectedError('The reader of the export closed it before its end.') : error;
  }
}

const streamOf = (output: Output): Writable =>
  output instanceof Writable
    ? output
    : new Writable({
        decodeStrings: false,
        write(text: string, _encoding, done) {
          output.write(text);
          done();
        },
      });

function formatResult({ after, upTo }: LogRange, out: string, root: Buffer): string {
  const count = upTo - after;
  const what = count === 1 ? '1 event' : `${count} events`;
  return (
    `Exported ${what}${count === 0 ? '' : `, positions ${after + 1} to ${upTo}`}${out === '-' ? '' : `, to ${out}`}.\n` +
    `The Merkle tree over the first ${upTo} events of the log has the root ${root.toString('hex')}.\n`
  );
}
