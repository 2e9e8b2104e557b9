import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { headPosition } from './loaders.js';

/** Hashes in the form in which the API answers with them. */
export const inHex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

/** @throws {RequestError} when the log does not hold as many events */
export async function checkTreeSize(size: number, argument: string, context: Context): Promise<void> {
  const head = await headPosition(context);
  if (size <= head) return;
  throw new RequestError(
    'POSITION_BEYOND_HEAD',
    argument,
    `The log ends at position ${head}: it has no tree of ${size} events yet. Ask for a size up to ${head}.`,
  );
}
