import { InvalidArgumentError } from 'commander';
import type { SubjectKind } from '../../events/primitives.js';
import type { EventStore } from '../event-store/port.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { ACCEPTED_DATES, parseDateText } from '../import/sheet/date-text.js';
import { abbreviateList } from '../import/statuses/abbreviate-list.js';
import { readReferenceData, type ReferenceData } from '../import/statuses/reference-data.js';

/** The options that the commands import and template share. */
export interface SheetOptions {
  readonly subjects?: SubjectKind;
  readonly period?: string;
  readonly effectiveOn?: string;
}

export function parseSubjects(text: string): SubjectKind {
  const kind = text.toUpperCase();
  if (kind === 'REGION' || kind === 'PROJECT') return kind;
  throw new InvalidArgumentError('It is REGION or PROJECT.');
}

export function parseDateOption(text: string): string {
  const date = parseDateText(text);
  if (date !== null) return date;
  throw new InvalidArgumentError(`It is ${ACCEPTED_DATES}.`);
}

/** The date of --effective-on or of --period; null without either. @throws {ExpectedError} when the period is unknown */
export function effectiveDateOf({ period, effectiveOn }: SheetOptions, { periods }: ReferenceData): string | null {
  if (period === undefined) return effectiveOn ?? null;
  const known = periods.get(period);
  if (known) return known.referenceDate;
  const accepted = periods.size === 0 ? 'None is' : `Defined are ${abbreviateList([...periods.keys()])}`;
  throw new ExpectedError(
    `No period '${period}' is defined. ${accepted}. For a date without a period: --effective-on.`,
  );
}

/** The subjects, scales and periods of the log. @throws {ExpectedError} when the log holds no subject */
export async function requireReferenceData(log: EventStore): Promise<ReferenceData> {
  const referenceData = await readReferenceData(log);
  if (referenceData.subjects.size > 0) return referenceData;
  throw new ExpectedError(
    'The log holds no regions or projects yet. Start the server once, or load a history, before statuses are imported.',
  );
}
