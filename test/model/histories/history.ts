import * as fc from 'fast-check';
import type { StoredEvent } from '../../../events/envelope.js';
import type { Append, HistoricEvent } from '../../../src/event-store/port.js';
import type { TestApi } from '../../support/test-api.js';

/** One append: its events, and what the clock says, or what the history states, at that time. */
export interface Recording {
  readonly events: Append['events'];
  readonly at: string;
}

/** A legal history: first what is loaded, with stated times, and then what is appended live. */
export interface History {
  readonly stated: readonly Recording[];
  readonly live: readonly Recording[];
  /** What a failing property shows. */
  readonly [fc.toStringMethod]: () => string;
}

export function newHistory(stated: readonly Recording[], live: readonly Recording[]): History {
  const history = { stated, live, [fc.toStringMethod]: () => `\n${describeHistory(history)}\n` };
  return history;
}

export const historicEvents = (recordings: readonly Recording[]): HistoricEvent[] =>
  recordings.flatMap(({ events, at }) =>
    events.map((event) => ({
      ...event,
      recordedAt: at,
      recordedAtStated: true,
      appendedAt: null,
      idempotencyKey: null,
      requestDigest: null,
      position: null,
      revision: null,
    })),
  );

export async function record(api: TestApi, { events, at }: Recording): Promise<readonly StoredEvent[]> {
  api.clock.set(at);
  return api.append(events);
}

/** Puts the history into the log through the store, as it would come about. */
export async function play(api: TestApi, { stated, live }: History): Promise<void> {
  if (stated.length > 0) await api.load(historicEvents(stated));
  for (const recording of live) await record(api, recording);
}

/** One event per line. */
const describeHistory = ({ stated, live }: Pick<History, 'stated' | 'live'>): string =>
  [...stated.map((each) => ['stated', each] as const), ...live.map((each) => ['live', each] as const)]
    .flatMap(([how, { events, at }]) =>
      events.map((event, index) => {
        const { stream, type, data, id } = event;
        return `${how} ${at}${index === 0 ? ' ' : '+'} …${id.slice(-3)} ${stream} ${type} ${JSON.stringify(data)}`;
      }),
    )
    .map((line, index) => `${String(index + 1).padStart(3)} ${line}`)
    .join('\n');
