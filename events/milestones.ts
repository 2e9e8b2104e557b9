import { Type, type Static } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion, nextVersion } from './schema-versions.js';
import { eitherStream, oneStream, subjectStreams } from './home-stream.js';
import { closed, EvidenceList, FreeText } from './primitives.js';

/** How exactly a milestone is dated. A season is named by its first month: spring 2020 is '2020-04' by the report's text. */
export const DatePrecision = Type.Enum(['YEAR', 'SEASON', 'MONTH', 'DAY']);
export type DatePrecision = Static<typeof DatePrecision>;

/** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
const PartialDate = Type.String({ format: 'partial-date' });

const version1 = Type.Object({ on: PartialDate, text: FreeText, evidence: EvidenceList }, closed);

/** States the precision of its date: in version 1 a season could not be told from a month. */
const version2 = Type.Object(
  {
    on: PartialDate,
    precision: DatePrecision,
    text: FreeText,
    evidence: EvidenceList,
    reason: Type.Optional(FreeText),
  },
  closed,
);

const precisionByLength: Record<number, DatePrecision> = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' };

/** The precision that the form of a date implies. */
export const impliedPrecision = (on: string): DatePrecision => precisionByLength[on.length] ?? 'DAY';

/** Milestones of the whole programme stand in a stream of their own; a subject's stand in the subject's stream. */
export const programmeStream = 'programme';

export const MilestoneRecorded = defineEvent('MilestoneRecorded', {
  meaning: 'A dated fact about the subject of the stream, or about the whole programme.',
  versions: nextVersion(firstVersion(version1), version2, (milestone) => ({
    ...milestone,
    precision: impliedPrecision(milestone.on),
  })),
  home: eitherStream(subjectStreams('REGION', 'PROJECT'), oneStream(programmeStream)),
});
