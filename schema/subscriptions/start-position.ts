import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { PositionScalar } from '../scalars.js';

/** The argument that resumes a subscription. */
export const AFTER_POSITION = {
  type: () => PositionScalar,
  options: {
    nullable: true,
    description:
      'Resume: everything after this position, first what is there and then what comes, nothing missed or repeated. POSITION_BEYOND_HEAD where the log does not reach it. Default: only what comes.',
  },
} as const;

/** The position after which a subscription begins. @throws {RequestError} when the log ends before it. */
export async function startPosition(
  afterPosition: number | null | undefined,
  { log, present }: Context,
): Promise<number> {
  if (afterPosition == null) return present.projectedPosition;
  const { position: head } = await log.head();
  if (afterPosition <= head) return afterPosition;
  throw new RequestError(
    'POSITION_BEYOND_HEAD',
    'afterPosition',
    `The log ends at position ${head}; ${afterPosition} does not exist yet.`,
  );
}
