import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { definitionOf } from '../catalogue.js';
import type { Request } from './request.js';

/**
 * Stands for what was asked and by whom, so that a repetition is told from another request under the same idempotency key.
 * Whether it was only to be validated is left out: validating binds no key.
 */
export function requestDigest({
  command,
  actor,
  expectedRevision,
}: Pick<Request, 'command' | 'actor' | 'expectedRevision'>): string {
  const content = definitionOf(command).digestContent(command);
  const text = canonicalize({ content, actor, expectedRevision }) ?? '';
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}
