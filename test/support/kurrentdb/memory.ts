/** What one event of the loopback server is; also what it gives to whoever reads. */
export interface NativeEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** The place in the order of all streams. It has gaps, as a real server's has. */
  readonly position: number;
  readonly metadata: ReadonlyMap<string, string>;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
  readonly created: number;
}

export type ProposedEvent = Pick<NativeEvent, 'id' | 'metadata' | 'customMetadata' | 'data'>;

/** What a stream must be for an append, as the protocol has it. */
export type Expectation = number | 'ANY' | 'NO_STREAM' | 'STREAM_EXISTS';

export type Appended =
  | { readonly kind: 'APPENDED'; readonly revision: number; readonly position: number }
  | { readonly kind: 'WRONG_VERSION'; readonly current: number | null }
  | { readonly kind: 'TOO_LARGE' };

/** What the server knows. It stays when the server is stopped and started again. */
export interface Memory {
  append(stream: string, expected: Expectation, events: readonly ProposedEvent[]): Appended;
  /** Null: there is no such stream. */
  stream(name: string): readonly NativeEvent[] | null;
  remove(name: string): void;
  /** The same events, to be changed as nobody could change them on a real server. */
  tampered(name: string): { data: Uint8Array }[];
  streams(): readonly string[];
  /** Is told of every stream that has grown. */
  onGrowth(listener: (stream: string) => void): () => void;
  /** Forgets the ids that appends bore: the window of idempotence is over. */
  forgetIds(): void;
  limits: { maxAppendSize: number };
}

/** Also the default of a real server. */
const MAX_APPEND_SIZE = 1024 * 1024;

export function newMemory(): Memory {
  const all = new Map<string, (NativeEvent & { data: Uint8Array })[]>();
  const listeners = new Set<(stream: string) => void>();
  const remembered = new Map<string, NativeEvent>();
  const limits = { maxAppendSize: MAX_APPEND_SIZE };
  let position = 0;

  function fits(expected: Expectation, current: number | null): boolean {
    if (expected === 'ANY') return true;
    if (expected === 'NO_STREAM') return current === null;
    if (expected === 'STREAM_EXISTS') return current !== null;
    return current === expected;
  }

  /** A server answers an append that it remembers as it did the first time, whatever has come since. */
  function repetitionOf(stream: string, events: readonly ProposedEvent[]): Appended | null {
    const known = events.map(({ id }) => remembered.get(`${stream}/${id}`));
    const last = known.at(-1);
    if (last === undefined || known.some((each) => each === undefined)) return null;
    return { kind: 'APPENDED', revision: last.revision, position: last.position };
  }

  return {
    append(stream, expected, events) {
      const size = events.reduce((sum, { data, customMetadata }) => sum + data.length + customMetadata.length, 0);
      if (size > limits.maxAppendSize) return { kind: 'TOO_LARGE' };
      const current = all.get(stream)?.at(-1)?.revision ?? null;
      const repetition = repetitionOf(stream, events);
      if (repetition) return repetition;
      if (!fits(expected, current)) return { kind: 'WRONG_VERSION', current };
      let revision = current ?? -1;
      const kept = all.get(stream) ?? [];
      all.set(stream, kept);
      for (const event of events) {
        revision += 1;
        position += 100 + event.data.length;
        const stored = { ...event, stream, revision, position, created: Date.now() };
        kept.push(stored);
        remembered.set(`${stream}/${event.id}`, stored);
      }
      for (const listener of listeners) listener(stream);
      return { kind: 'APPENDED', revision, position };
    },
    stream: (name) => all.get(name) ?? null,
    tampered: (name) => all.get(name) ?? [],
    remove: (name) => void all.delete(name),
    streams: () => [...all.keys()],
    onGrowth(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forgetIds: () => remembered.clear(),
    limits,
  };
}
