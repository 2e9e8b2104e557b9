import type { Moment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import type { At } from '../moments/at.js';
import type { Context } from '../context.js';
import { type Continuation, readCursors } from './cursor.js';
import type { PageRequest } from './page.js';

export interface ListMoment extends Continuation {
  readonly moment: Moment;
}

const otherMoment = (): RequestError =>
  new RequestError(
    'INVALID_CURSOR',
    'after',
    'The cursor goes on at the moment of its first page, and another one was asked for. Leave out `at`, or give the same one.',
  );

/**
 * The moment at which a list of Query is answered: on a first page the moment asked for, on later pages the moment that the
 * cursor carries. So a list does not change while a client pages through it.
 */
export async function momentOfList(
  at: At | null | undefined,
  page: PageRequest,
  list: string,
  digest: string,
  context: Context,
): Promise<ListMoment> {
  const cursors = readCursors(page, list, digest);
  if (!cursors.frame) return { ...cursors, moment: await context.moment(at, 'at') };
  const { asOf, position } = cursors.frame;
  if (at) {
    const asked = await context.moment(at, 'at');
    const pinsDate = at.asOf != null || at.period != null;
    const pinsPosition = at.position != null || at.knownAt != null || at.asPublished === true;
    if ((pinsDate && asked.asOf !== asOf) || (pinsPosition && asked.position !== position)) throw otherMoment();
  }
  return { ...cursors, moment: await momentOfCursor(asOf, position, context) };
}

/** A log that was restored from a backup may end before the position of a cursor that it gave out. */
async function momentOfCursor(asOf: string, position: number, context: Context): Promise<Moment> {
  try {
    return await context.moment({ asOf, position }, 'at');
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 'POSITION_BEYOND_HEAD') throw error;
    const message = `The cursor was given out at position ${position}, and the log ends before it. Begin again from the first page.`;
    throw new RequestError('INVALID_CURSOR', 'after', message);
  }
}

/** The cursors of a list within something that has a moment. @throws {RequestError} for a cursor of another moment */
export function continuationWithin(moment: Moment, page: PageRequest, list: string, digest: string): Continuation {
  const cursors = readCursors(page, list, digest);
  const { frame } = cursors;
  if (frame && (frame.position !== moment.position || frame.asOf !== moment.asOf)) {
    throw new RequestError(
      'INVALID_CURSOR',
      'after',
      `The cursor was given out as of ${frame.asOf} at position ${frame.position}, and this list is as of ${moment.asOf} at ${moment.position}. Ask for at: {asOf: "${frame.asOf}", position: "${frame.position}"} to go on.`,
    );
  }
  return cursors;
}
