import type { EventStore } from '../../../src/event-store/port.js';

/** A new, empty log of the engine that the suite runs on. Its clock stands still at `START` until it is set. */
export interface LogUnderTest {
  readonly store: EventStore;
  /** One more store on the same log, as another process would have it. */
  another(): Promise<EventStore>;
  /** Closes every store on the log and opens it again. */
  reopen(): Promise<EventStore>;
  /** What time it is for every store on the log. */
  setClock(date: Date): void;
  /** How long to wait for what must come, in milliseconds, before it counts as missing. */
  readonly timeoutMs: number;
  dispose(): Promise<void>;
}

export interface Engine {
  open(): Promise<LogUnderTest>;
}

/** One thing that every engine must do: `run` rejects if the log does not do it. */
export interface Example {
  readonly name: string;
  readonly run: (log: LogUnderTest) => Promise<void>;
}

export const START = '2026-01-01T00:00:00.000Z';

export const later = (milliseconds: number): Date => new Date(Date.parse(START) + milliseconds);
