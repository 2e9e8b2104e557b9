import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { StoredEvent } from '../../../events/envelope.js';

/**
 * The canonical text of a stored event: RFC 8785 JSON of the whole envelope. The position is a decimal string, because numbers
 * in canonical JSON are doubles. This form never changes: every proof depends on it.
 */
export function canonicalText(event: StoredEvent): string {
  const text = canonicalize({ ...event, position: String(event.position) });
  if (text === undefined) throw new Error('An event always has a canonical form.');
  return text;
}

/** RFC 6962 section 2.1: the leaf hash is SHA-256 over a zero byte and the leaf. */
export function leafHash(event: StoredEvent): Buffer {
  return createHash('sha256').update('\0').update(canonicalText(event), 'utf8').digest();
}
