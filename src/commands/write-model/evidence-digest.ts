import { hash } from 'node:crypto';
import type { Evidence } from '../../../events/primitives.js';

/** Equal for equal evidence. A history of a million statements need not be kept with all its titles to compare them. */
export const evidenceDigest = (evidence: readonly Evidence[]): string =>
  evidence.length === 0
    ? ''
    : hash('sha256', JSON.stringify(evidence.map(({ title, locator, url }) => [title, locator, url])), 'base64');
