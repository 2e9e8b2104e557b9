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

interface ExportOptions {
  readonly out: string;
  readonly after: number;
  readonly upTo?: number;
}

/** `peildatum export`: the log as a file that `peildatum load` takes. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('export')
    .description('Write the log as events in the JSON form of CloudEvents 1.0, one a line (NDJSON), for load to take.')
    .option('--out <file>', 'where to; it is there when it is whole. - is standard output', '-')
    .option('--after <position>', 'only what stands after this position of the log', readPosition, 0)
    .option('--up-to <position>', 'only what stands up to this position of the log, included', readPosition)
    .action(async (options: ExportOptions) => {
      const log = await openExistingLog(config());
      try {
        const part = partOf(options, (await log.head()).position);
        const { out } = options;
        await withProgressBar(stderr, 'Exporting', (onProgress) => {
          const lines = writeLines(log, part, (position) => onProgress(position - part.after, part.upTo - part.after));
          return out === '-' ? writeOut(lines, stdout) : writeFileAtomically(out, lines);
        });
        // Beside the events nothing is written among them.
        const root = await rootAt(part.upTo, (subtrees) => log.subtreeHashes(subtrees));
        (out === '-' ? stderr : stdout).write(tell(part, out, root));
      } finally {
        await log.close();
      }
    });
};

function readPosition(text: string): number {
  const position = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(position)) throw new InvalidArgumentError('It is a position in the log: a whole number from 0 on.');
  return position;
}

function partOf({ after, upTo }: ExportOptions, head: number): LogRange {
  for (const [option, position] of Object.entries({ '--after': after, '--up-to': upTo ?? 0 })) {
    if (position > head) throw new ExpectedError(`${option} is ${position}, but the log ends at position ${head}.`);
  }
  if (upTo !== undefined && upTo < after) throw new ExpectedError(`--up-to ${upTo} stands before --after ${after}.`);
  return { after, upTo: upTo ?? head };
}

/** As fast as whoever reads it reads, and no faster. */
async function writeOut(lines: AsyncIterable<string>, stdout: Output): Promise<void> {
  try {
    await pipeline(Readable.from(lines, { highWaterMark: 1 }), streamOf(stdout), { end: false });
  } catch (error) {
    const stopped = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    throw stopped ? new ExpectedError('Whoever read the export stopped before its end.') : error;
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

function tell({ after, upTo }: LogRange, out: string, root: Buffer): string {
  const count = upTo - after;
  const what = count === 1 ? '1 event' : `${count} events`;
  return (
    `Exported ${what}${count === 0 ? '' : `, positions ${after + 1} to ${upTo}`}${out === '-' ? '' : `, to ${out}`}.\n` +
    `The Merkle tree over the first ${upTo} events of the log has the root ${root.toString('hex')}.\n`
  );
}
