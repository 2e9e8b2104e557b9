import { isCivilDate, isUuidV7 } from '../../events/formats.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Point } from '../../projections/point.js';

/** What a global id names. The id of a thing that varies in time has a point, so that the thing is another node at each point. */
export type GlobalId =
  | { readonly type: 'Region' | 'Project' | 'Organisation'; readonly key: string; readonly point: Point }
  | { readonly type: 'Scale'; readonly key: string; readonly subjectKind: 'REGION' | 'PROJECT'; readonly point: Point }
  | { readonly type: 'Period' | 'Report'; readonly key: string; readonly position: number }
  | { readonly type: 'StatusChange'; readonly knownFrom: number; readonly ordinal: number; readonly point: Point }
  | { readonly type: 'Event'; readonly id: string };

/** The text of an id, opaque to clients. An event keeps its own id, which is globally unique already. */
export function encodeId(id: GlobalId): string {
  return id.type === 'Event' ? id.id : Buffer.from(JSON.stringify(partsOf(id)), 'utf8').toString('base64url');
}

function partsOf(id: Exclude<GlobalId, { type: 'Event' }>): (string | number)[] {
  switch (id.type) {
    case 'Scale':
      return [id.type, id.key, id.subjectKind, id.point.asOf, id.point.position];
    case 'Period':
    case 'Report':
      return [id.type, id.key, id.position];
    case 'StatusChange':
      return [id.type, id.knownFrom, id.ordinal, id.point.asOf, id.point.position];
    default:
      return [id.type, id.key, id.point.asOf, id.point.position];
  }
}

/** @throws {RequestError} when the text is no id that this API gave out. */
export function decodeId(text: string, argument: string): GlobalId {
  if (isUuidV7(text)) return { type: 'Event', id: text };
  const id = readParts(text);
  // An id that was changed or made up differs when it is encoded again.
  if (id && encodeId(id) === text) return id;
  throw new RequestError('INVALID_ID', argument, `'${text}' is not an id of this API. Use the value of a field 'id'.`);
}

function readParts(text: string): GlobalId | null {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (!Array.isArray(parts)) return null;
  const [type, first, second, third, fourth]: readonly unknown[] = parts;
  switch (type) {
    case 'Region':
    case 'Project':
    case 'Organisation':
      return typeof first === 'string' && isPoint(second, third)
        ? { type, key: first, point: { asOf: String(second), position: Number(third) } }
        : null;
    case 'Scale':
      return typeof first === 'string' && (second === 'REGION' || second === 'PROJECT') && isPoint(third, fourth)
        ? { type, key: first, subjectKind: second, point: { asOf: String(third), position: Number(fourth) } }
        : null;
    case 'Period':
    case 'Report':
      return typeof first === 'string' && isNaturalNumber(second) ? { type, key: first, position: second } : null;
    case 'StatusChange':
      return isNaturalNumber(first) && isNaturalNumber(second) && isPoint(third, fourth)
        ? { type, knownFrom: first, ordinal: second, point: { asOf: String(third), position: Number(fourth) } }
        : null;
    default:
      return null;
  }
}

const isNaturalNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isPoint = (asOf: unknown, position: unknown): boolean =>
  typeof asOf === 'string' && isCivilDate(asOf) && isNaturalNumber(position);
