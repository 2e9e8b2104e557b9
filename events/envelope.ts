import { isWellFormedText } from './well-formed.js';

/** Data as JSON can hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An event as the log keeps it. Nothing in it ever changes. */
export interface StoredEvent {
  /** UUIDv7, unique in the log. */
  readonly id: string;
  /** Dense place in the log, from 1. The truth of the system-time axis. */
  readonly position: number;
  readonly stream: string;
  /** Dense place in the stream, from 0. */
  readonly revision: number;
  readonly type: string;
  readonly schemaVersion: number;
  /** System time, the label that knownAt is compared with; never decreases along the log. */
  readonly recordedAt: string;
  /** True for imported history that states its own recordedAt. */
  readonly recordedAtStated: boolean;
  /** The store's clock when the event was first appended to any log. */
  readonly appendedAt: string;
  /** Opaque; see the actors family. */
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** The key under which a client asked for this append, if it gave one, and the digest of what it asked. */
  readonly idempotencyKey: string | null;
  readonly requestDigest: string | null;
  readonly data: Json;
}

/** An event before the log has given it its place. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: Json;
}

/** The text of a JSON value holds only well-formed Unicode and no NUL: canonical JSON and every engine must be able to keep it. */
export const isStorable = (value: Json): boolean => {
  if (typeof value === 'string') return isWellFormedText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).every(([key, item]) => isWellFormedText(key) && isStorable(item));
  }
  return true;
};
