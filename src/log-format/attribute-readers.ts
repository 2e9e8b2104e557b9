import { parseInstant } from '../time/instant.js';
import { UnreadableEventError } from './unreadable-event-error.js';

/** The attributes of a CloudEvent as they stand in JSON. A null counts as an attribute that is not there (JSON form, 2.2). */
export type Attributes = Readonly<Record<string, unknown>>;

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 100);

export const refuse = (attributes: Attributes, name: string, accepted: string): UnreadableEventError =>
  new UnreadableEventError(
    attributes[name] == null
      ? `Attribute '${name}' is missing; it must be ${accepted}.`
      : `Attribute '${name}' is ${shown(attributes[name])}; it must be ${accepted}.`,
  );

/** @throws {UnreadableEventError} unless the attribute is a text that is not empty. */
export function text(attributes: Attributes, name: string): string {
  const value = attributes[name];
  if (typeof value === 'string' && value !== '') return value;
  throw refuse(attributes, name, 'a text');
}

export const textOrNull = (attributes: Attributes, name: string): string | null =>
  attributes[name] == null ? null : text(attributes, name);

/** @throws {UnreadableEventError} unless the attribute has this one value. */
export function exactly(attributes: Attributes, name: string, value: string): void {
  if (attributes[name] !== value) throw refuse(attributes, name, `'${value}'`);
}

/** @throws {UnreadableEventError} */
export function flag(attributes: Attributes, name: string): boolean {
  const value = attributes[name];
  if (typeof value === 'boolean') return value;
  throw refuse(attributes, name, 'true or false');
}

/** An instant in any spelling of RFC 3339, in stored form. @throws {UnreadableEventError} */
export function instant(attributes: Attributes, name: string): string {
  const parsed = parseInstant(text(attributes, name));
  if ('instant' in parsed) return parsed.instant;
  throw new UnreadableEventError(`Attribute '${name}': ${parsed.problem}`);
}

export const instantOrNull = (attributes: Attributes, name: string): string | null =>
  attributes[name] == null ? null : instant(attributes, name);

/** A place in the log: CloudEvents' 'sequence' is a text, so that it can outgrow 32 bits. @throws {UnreadableEventError} */
export function positionOrNull(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  if (value == null) return null;
  const position = typeof value === 'string' && /^[1-9]\d*$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(position)) return position;
  throw refuse(attributes, name, `a position in the log from 1 on as a decimal text, such as '17'`);
}

/** @throws {UnreadableEventError} */
export function countOrNull(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  if (value == null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw refuse(attributes, name, 'a whole number from 0 on');
}
