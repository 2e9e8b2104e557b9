import type { EventData } from '../../events/event-types.js';
import type { Entry } from '../entry.js';
import { inReport } from './sources.js';

/** How a statement is known, where that can be checked, and why it says what it does. */
export type Grounds = Pick<EventData['StatusStated'], 'basis' | 'evidence' | 'reason'>;

export const statement = (
  stream: string,
  what: Pick<EventData['StatusStated'], 'scale' | 'level' | 'effectiveOn'>,
  { basis, evidence, reason }: Grounds,
): Entry => ({ stream, type: 'StatusStated', data: { ...what, basis, evidence, reason } });

/** The grounds of what was reconstructed for a project from counts printed at this place. */
export const fromCounts = (locator: string): Grounds => ({
  basis: 'RECONSTRUCTED',
  evidence: [inReport(locator)],
  reason: 'Reconstructed from printed counts that name no project.',
});
