import { decode, understand } from '../../events/domain-event.js';
import { InvalidEvent } from '../../events/registry.js';
import { newFacts, type LearningFacts } from '../commands/facts/learning.js';
import type { Refusal } from '../commands/refusal.js';
import { refusal } from '../commands/rules.js';
import { HistoryRefused } from '../event-store/errors.js';
import type { EventStore, HistoricEvent, LoadResult } from '../event-store/port.js';
import { parseCloudEvent } from './cloud-event.js';
import { LoadRefused } from './load-refused.js';
import { readLines, UnreadableFile, type Line } from './ndjson.js';
import { UnreadableEvent } from './unreadable-event.js';

export interface LoadFileOptions {
  /** NDJSON, each line an event in the JSON form of CloudEvents 1.0. */
  readonly file: string;
  readonly log: Pick<EventStore, 'load' | 'readAll'>;
  /** Called now and then with the bytes of the file that have been read. */
  readonly onProgress?: (bytes: number) => void;
}

/** History cannot take the event after those before it. */
class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
  constructor({ code, field, message }: Refusal) {
    super(`${message} (${code}, ${field})`);
  }
}

/** Events of the log per reading. */
const PAGE = 5000;

/**
 * Loads a history from a file: all of it or, if any line is at fault, nothing. Each event is held against the rules as
 * they stood after the events before it, in the log and in the file. An event that either holds already is the store's to
 * compare, so that loading a file again, or a longer version of it, is safe.
 * @throws {LoadRefused}
 */
export async function loadFile({ file, log, onProgress }: LoadFileOptions): Promise<LoadResult> {
  /** The line whose event the store is busy with. */
  let current = 0;

  async function* history(): AsyncGenerator<HistoricEvent> {
    // Only now does the store keep others from appending: what is learned here cannot be outdated.
    const facts = await factsOf(log);
    for await (const line of readLines(file, onProgress ? { onProgress } : {})) {
      current = line.number;
      const event = parse(line);
      judge(event, facts);
      yield event;
    }
  }

  try {
    return await log.load(history());
  } catch (error) {
    throw explained(file, current, error);
  }
}

async function factsOf(log: Pick<EventStore, 'readAll'>): Promise<LearningFacts> {
  const facts = newFacts();
  for (;;) {
    // Positions are dense, so the facts' size is the position they have reached.
    const events = await log.readAll(facts.size(), PAGE);
    if (events.length === 0) return facts;
    for (const event of events) facts.learn(decode(event));
  }
}

function parse({ text, unended }: Line): HistoricEvent {
  try {
    return parseCloudEvent(text);
  } catch (error) {
    if (!(error instanceof UnreadableEvent) || !unended) throw error;
    throw new UnreadableEvent(`${error.message} The file ends in this line, so it may have been cut off.`);
  }
}

/** Holds the event against its schema and the rules, and takes it as a fact. @throws {InvalidEvent} {RuleBroken} */
function judge(event: HistoricEvent, facts: LearningFacts): void {
  if (facts.has(event.id)) return;
  const candidate = { ...understand(event), stream: event.stream };
  const refused = refusal(facts, candidate);
  if (refused) throw new RuleBroken(refused);
  facts.learn({ ...candidate, id: event.id });
}

function explained(file: string, line: number, error: unknown): unknown {
  if (error instanceof UnreadableFile) return new LoadRefused(file, error.line, error.message, { cause: error });
  const isOfLine = [UnreadableEvent, InvalidEvent, RuleBroken, HistoryRefused].some((kind) => error instanceof kind);
  // Without a line, it is the log that holds what this program cannot read.
  if (!(error instanceof Error) || !isOfLine || line === 0) return error;
  return new LoadRefused(file, line, error.message, { cause: error });
}
