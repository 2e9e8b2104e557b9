import { Type, type Static } from 'typebox';
import { Basis, CivilDate, closed, EventId, EvidenceList, FreeText, Key, nullable } from './primitives.js';

/** On the reserved scales the level is the value itself: a name, a key, or keys separated by commas. */
const LevelOrValue = Type.String({ minLength: 1, maxLength: 4000 });

const statement = {
  scale: Key,
  level: LevelOrValue,
  effectiveOn: CivilDate,
  basis: Basis,
  evidence: EvidenceList,
};

/** The subject of the stream has this level on this scale from this date. */
export const StatusStated = Type.Object({ ...statement, reason: nullable(FreeText) }, closed);
export type StatusStated = Static<typeof StatusStated>;

/**
 * Replaces the version of a statement that event `corrects` made, which is the statement's own event or its latest
 * correction. It carries the statement whole, so that a version can be read without the ones before it.
 */
export const StatusCorrected = Type.Object({ corrects: EventId, ...statement, reason: FreeText }, closed);
export type StatusCorrected = Static<typeof StatusCorrected>;

/** Removes the statement whose latest version event `withdraws` made. No older version revives. */
export const StatusWithdrawn = Type.Object({ withdraws: EventId, reason: FreeText }, closed);
export type StatusWithdrawn = Static<typeof StatusWithdrawn>;
