import { createHash } from 'node:crypto';
import { isCivilDate } from '../../events/formats.js';
import { RequestError } from '../../src/time/request-error.js';

/** The sort key of an entry of a list. */
export type CursorKey = readonly (string | number)[];

/** What a cursor carries of the query that it belongs to. */
export interface CursorFrame {
  readonly list: string;
  /** Digest of the arguments that decide what the list holds. */
  readonly digest: string;
  readonly order: string;
  readonly asOf: string;
  readonly position: number;
}

export interface Cursor extends CursorFrame {
  readonly key: CursorKey;
}

/** A digest of the arguments of a list: a cursor goes with the same arguments only. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, item: unknown) => (item === undefined ? null : item)))
    .digest('base64url')
    .slice(0, 10);

/** The text of a cursor. It ends in a digest of itself, so that a cursor that was cut off or changed is refused. */
export function encodeCursor(frame: CursorFrame, key: CursorKey): string {
  const parts = [frame.list, frame.digest, frame.order, frame.asOf, frame.position, ...key];
  return Buffer.from(JSON.stringify([...parts, digestOf(parts)]), 'utf8').toString('base64url');
}

const broken = (argument: string): RequestError =>
  new RequestError(
    'INVALID_CURSOR',
    argument,
    'This is no cursor that this API gave out. Use the value of a field cursor, startCursor or endCursor.',
  );

/** @throws {RequestError} when the text is no cursor at all. */
function decodeCursor(text: string, argument: string): Cursor {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw broken(argument);
  }
  if (!Array.isArray(parts)) throw broken(argument);
  // The last part is the digest of the others. Encoding them again checks it.
  const [list, digest, order, asOf, position, ...key]: readonly unknown[] = parts.slice(0, -1);
  const sound =
    [list, digest, order].every((part) => typeof part === 'string') &&
    typeof asOf === 'string' &&
    isCivilDate(asOf) &&
    Number.isSafeInteger(position) &&
    Number(position) >= 0 &&
    key.length > 0 &&
    key.every((part) => typeof part === 'string' || Number.isSafeInteger(part));
  if (!sound) throw broken(argument);
  // The check above has told the types of all parts, which TypeScript does not follow.
  const cursor = { list, digest, order, asOf, position, key } as Cursor;
  if (encodeCursor(cursor, cursor.key) !== text) throw broken(argument);
  return cursor;
}

export interface Continuation {
  readonly after: CursorKey | null;
  readonly before: CursorKey | null;
  /** The frame that the cursors carry; null on a first page. */
  readonly frame: CursorFrame | null;
}

/**
 * Reads the cursors of a page request and makes sure that they belong to this list, asked for with the same filter.
 * @throws {RequestError}
 */
export function readCursors(
  { after, before }: { readonly after?: string | null; readonly before?: string | null },
  list: string,
  digest: string,
): Continuation {
  const cursors = [
    ...(after == null ? [] : [{ argument: 'after', cursor: decodeCursor(after, 'after') }]),
    ...(before == null ? [] : [{ argument: 'before', cursor: decodeCursor(before, 'before') }]),
  ];
  for (const { argument, cursor } of cursors) {
    if (cursor.list !== list || cursor.digest !== digest) {
      throw new RequestError(
        'INVALID_CURSOR',
        argument,
        `The cursor belongs to another list, or to this one with another filter. Page on with the arguments of the first page.`,
      );
    }
  }
  const [one, two] = cursors.map(({ cursor }) => cursor);
  if (one && two && (one.position !== two.position || one.asOf !== two.asOf || one.order !== two.order)) {
    throw new RequestError(
      'INVALID_CURSOR',
      'before',
      'after and before come from different moments or orders of the list.',
    );
  }
  const keyOf = (argument: string) => cursors.find((entry) => entry.argument === argument)?.cursor.key ?? null;
  return { after: keyOf('after'), before: keyOf('before'), frame: one ?? null };
}
