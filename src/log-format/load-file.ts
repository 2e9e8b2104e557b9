import { InvalidEventError } from '../../events/errors/event-errors.js';
import { newWriteModel } from '../commands/write-model/builder.js';
import { HistoryRefusedError } from '../event-store/errors.js';
import type { EventStore, HistoricEvent, LoadResult } from '../event-store/port.js';
import { isUndatedCloudEvent, readCloudEvent, readUndatedCloudEvent } from './read-cloud-event.js';
import { validateAgainstHistory, applyLog, RuleViolationError } from './validate-against-history.js';
import { LoadRefusedError } from './load-refused-error.js';
import { readLines, UnreadableFileError, type Line } from './read-lines.js';
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
 * Loads the events of a file: all of them or, if any line is at fault, nothing. Each event is validated by the rules, after the
 * events before it in the log and in the file. An event that either holds already is compared, so
 * that loading a file again, or a longer version of it, is safe. Lines that state their time are a history, which comes
 * before all that was recorded live; lines that state none are recorded now.
 * @throws {LoadRefusedError}
 */
export async function loadFile({ file, log, onProgress }: LoadFileOptions): Promise<LoadResult> {
  /** The number of the line that is being read, for errors. */
  let current = 0;

  async function* parsed<T>(lines: AsyncIterable<Line>, parse: (text: string) => T): AsyncGenerator<T> {
    for await (const line of lines) {
      current = line.number;
      yield parseLine(line, parse);
    }
  }

  async function* history(lines: AsyncIterable<Line>): AsyncGenerator<HistoricEvent> {
    const model = newWriteModel();
    // The store lets nobody else append from here on, so the model stays up to date.
    await applyLog(log, model);
    for await (const event of parsed(lines, readCloudEvent)) {
      validateAgainstHistory(event, model);
      yield event;
    }
  }

  async function* undated(lines: AsyncIterable<Line>): AsyncGenerator<UndatedEvent> {
    for await (const event of parsed(lines, readUndatedCloudEvent)) yield { ...event, line: current };
  }

  try {
    const { first, lines } = await peekFirst(readLines(file, onProgress ? { onProgress } : {}));
    if (first === null || !isUndatedCloudEvent(first.text)) return await log.load(history(lines));
    return await recordNow(log, undated(lines), (line) => {
      current = line;
    });
  } catch (error) {
    throw toLoadError(file, current, error);
  }
}

/** Looks at the first line without taking it away: a file may be a pipe, which can be read only once. */
async function peekFirst(lines: AsyncGenerator<Line>): Promise<{ first: Line | null; lines: AsyncGenerator<Line> }> {
  const next = await lines.next();
  const first = next.done === true ? null : next.value;
  async function* whole(): AsyncGenerator<Line> {
    if (first) yield first;
    yield* lines;
  }
  return { first, lines: whole() };
}

function parseLine<T>({ text, isUnterminated }: Line, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof UnreadableEventError) || !isUnterminated) throw error;
    throw new UnreadableEventError(`${error.message} The file ends in this line, so it may have been cut off.`);
  }
}

const RECORD_NOW_REMEDY =
  `To record the events of the file now instead, leave out 'time', and what goes with it ('recordedatstated', ` +
  `'appendedat', 'sequence', 'revision', 'idempotencykey', 'requestdigest'), in every line.`;

const messageFor = (error: Error): string =>
  error instanceof HistoryRefusedError && error.code === 'LOG_IS_LIVE'
    ? `${error.message} ${RECORD_NOW_REMEDY}`
    : error.message;

function toLoadError(file: string, line: number, error: unknown): unknown {
  if (error instanceof UnreadableFileError)
    return new LoadRefusedError(file, error.line, error.message, { cause: error });
  if (error instanceof NotRecordedError) return new LoadRefusedError(file, error.line, error.message, { cause: error });
  const isOfLine = [UnreadableEventError, InvalidEventError, RuleViolationError, HistoryRefusedError].some(
    (kind) => error instanceof kind,
  );
  // Before the first line, the error comes from reading the log.
  if (!(error instanceof Error) || !isOfLine || line === 0) return error;
  return new LoadRefusedError(file, line, messageFor(error), { cause: error });
}
