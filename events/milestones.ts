import { Type, type Static } from 'typebox';
import { closed, EvidenceList, FreeText } from './primitives.js';
import type { Upcaster } from './upcaster.js';

/** How exactly a milestone is dated. A season is named by its first month: spring 2020 is '2020-04' by the report's text. */
export const DatePrecision = Type.Enum(['YEAR', 'SEASON', 'MONTH', 'DAY']);
export type DatePrecision = Static<typeof DatePrecision>;

/** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
const PartialDate = Type.String({ format: 'partial-date' });

export const MilestoneRecordedV1 = Type.Object({ on: PartialDate, text: FreeText, evidence: EvidenceList }, closed);
export type MilestoneRecordedV1 = Static<typeof MilestoneRecordedV1>;

/** A dated fact about the subject of the stream, or about the whole programme. */
export const MilestoneRecorded = Type.Object(
  {
    on: PartialDate,
    precision: DatePrecision,
    text: FreeText,
    evidence: EvidenceList,
    reason: Type.Optional(FreeText),
  },
  closed,
);
export type MilestoneRecorded = Static<typeof MilestoneRecorded>;

const precisionByLength: Record<number, DatePrecision> = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' };

/** The precision that the form of a date implies. A season cannot be told from a month: that is why version 2 states it. */
export const impliedPrecision = (on: string): DatePrecision => precisionByLength[on.length] ?? 'DAY';

export const milestoneV1toV2: Upcaster<MilestoneRecordedV1, MilestoneRecorded> = (v1) => ({
  ...v1,
  precision: impliedPrecision(v1.on),
});

/** Milestones of the whole programme stand in a stream of their own; a subject's stand in the subject's stream. */
export const programmeStream = 'programme';
