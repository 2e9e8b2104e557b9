import { InvalidArgumentError } from 'commander';
import type { SubjectKind } from '../../events/primitives.js';
import type { EventStore } from '../event-store/port.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { ACCEPTED_DAYS, parseDay } from '../import/sheet/day.js';
import { listed } from '../import/statuses/found.js';
import { readVocabulary, type Vocabulary } from '../import/statuses/vocabulary.js';

/** What the commands about sheets have in common. */
export interface SheetOptions {
  readonly subjects?: SubjectKind;
  readonly period?: string;
  readonly effectiveOn?: string;
}

export function readSubjects(text: string): SubjectKind {
  const kind = text.toUpperCase();
  if (kind === 'REGION' || kind === 'PROJECT') return kind;
  throw new InvalidArgumentError('It is REGION or PROJECT.');
}

export function readDay(text: string): string {
  const day = parseDay(text);
  if (day !== null) return day;
  throw new InvalidArgumentError(`It is ${ACCEPTED_DAYS}.`);
}

/** The date that the options name; null where they name none. @throws {ExpectedError} */
export function dayOf({ period, effectiveOn }: SheetOptions, { periods }: Vocabulary): string | null {
  if (period === undefined) return effectiveOn ?? null;
  const known = periods.get(period);
  if (known) return known.referenceDate;
  const accepted = periods.size === 0 ? 'None is' : `Defined are ${listed([...periods.keys()])}`;
  throw new ExpectedError(
    `No period '${period}' is defined. ${accepted}. For a date without a period: --effective-on.`,
  );
}

/** The words of a log with a history. @throws {ExpectedError} */
export async function vocabularyOf(log: EventStore): Promise<Vocabulary> {
  const vocabulary = await readVocabulary(log);
  if (vocabulary.subjects.size > 0) return vocabulary;
  throw new ExpectedError(
    'The log holds no regions or projects yet. Start the server once, or load a history, before statuses are imported.',
  );
}
