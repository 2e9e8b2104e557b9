import { InvalidEventError } from '../../events/errors/event-errors.js';
import { newFacts } from '../commands/facts/learning.js';
import { HistoryRefusedError } from '../event-store/errors.js';
import type { EventStore, HistoricEvent, LoadResult } from '../event-store/port.js';
import { leavesTimeOpen, parseCloudEvent, parseUndatedEvent } from './cloud-event.js';
import { judge, learnFrom, RuleViolationError } from './judging.js';
import { LoadRefusedError } from './load-refused-error.js';
import { readLines, UnreadableFileError, type Line } from './ndjson.js';
import { NotRecordedError, recordNow, type UndatedEvent } from './record-now.js';
import { UnreadableEventError } from './unreadable-event-error.js';

export interface LoadFileOptions {
  /** NDJSON, each line an event in the JSON form of CloudEvents 1.0. */
  readonly file: string;
  readonly log: Pick<EventStore, 'load' | 'readAll' | 'byIds' | 'append'>;
  /** Called now and then with the bytes of the file that have been read. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Loads the events of a file: all of them or, if any line is at fault, nothing. Each event is held against the rules as
 * they stood after the events before it, in the log and in the file. An event that either holds already is compared, so
 * that loading a file again, or a longer version of it, is safe. Lines that state their time are a history, which comes
 * before all that was recorded live; lines that state none are recorded now.
 * @throws {LoadRefusedError}
 */
export async function loadFile({ file, log, onProgress }: LoadFileOptions): Promise<LoadResult> {
  /** The line whose event is at hand. */
  let current = 0;

  async function* parsed<T>(lines: AsyncIterable<Line>, parse: (text: string) => T): AsyncGenerator<T> {
    for await (const line of lines) {
      current = line.number;
      yield parseLine(line, parse);
    }
  }

  async function* history(lines: AsyncIterable<Line>): AsyncGenerator<HistoricEvent> {
    const facts = newFacts();
    // Only now does the store keep others from appending: what is learned here cannot be outdated.
    await learnFrom(log, facts);
    for await (const event of parsed(lines, parseCloudEvent)) {
      judge(event, facts);
      yield event;
    }
  }

  async function* undated(lines: AsyncIterable<Line>): AsyncGenerator<UndatedEvent> {
    for await (const event of parsed(lines, parseUndatedEvent)) yield { ...event, line: current };
  }

  try {
    const { first, lines } = await withFirst(readLines(file, onProgress ? { onProgress } : {}));
    if (first === null || !leavesTimeOpen(first.text)) return await log.load(history(lines));
    return await recordNow(log, undated(lines), (line) => {
      current = line;
    });
  } catch (error) {
    throw explained(file, current, error);
  }
}

/** Lines whose first has been looked at: a file may be a pipe, which is read once. */
async function withFirst(lines: AsyncGenerator<Line>): Promise<{ first: Line | null; lines: AsyncGenerator<Line> }> {
  const next = await lines.next();
  const first = next.done === true ? null : next.value;
  async function* whole(): AsyncGenerator<Line> {
    if (first) yield first;
    yield* lines;
  }
  return { first, lines: whole() };
}

function parseLine<T>({ text, unended }: Line, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof UnreadableEventError) || !unended) throw error;
    throw new UnreadableEventError(`${error.message} The file ends in this line, so it may have been cut off.`);
  }
}

const RECORD_NOW =
  `To record the events of the file now instead, leave out 'time', and what goes with it ('recordedatstated', ` +
  `'appendedat', 'sequence', 'revision', 'idempotencykey', 'requestdigest'), in every line.`;

const messageOf = (error: Error): string =>
  error instanceof HistoryRefusedError && error.code === 'LOG_IS_LIVE'
    ? `${error.message} ${RECORD_NOW}`
    : error.message;

function explained(file: string, line: number, error: unknown): unknown {
  if (error instanceof UnreadableFileError)
    return new LoadRefusedError(file, error.line, error.message, { cause: error });
  if (error instanceof NotRecordedError) return new LoadRefusedError(file, error.line, error.message, { cause: error });
  const isOfLine = [UnreadableEventError, InvalidEventError, RuleViolationError, HistoryRefusedError].some(
    (kind) => error instanceof kind,
  );
  // Without a line, it is the log that holds what this program cannot read.
  if (!(error instanceof Error) || !isOfLine || line === 0) return error;
  return new LoadRefusedError(file, line, messageOf(error), { cause: error });
}
