import type { Basis, SubjectKind } from '../../../events/primitives.js';
import type { ScaleKind } from '../../../events/scales.js';
import type { Lifetime } from '../../../events/lifetime.js';
import type { AnySubjectKind } from '../../../events/streams.js';

/** A version of a statement that stands: neither corrected nor withdrawn. */
export interface Version {
  /** The event that made it. */
  readonly eventId: string;
  readonly stream: string;
  readonly scale: string;
  readonly level: string;
  readonly effectiveOn: string;
  readonly basis: Basis;
  /** A digest: rules ask whether evidence is the same, never what it says. */
  readonly evidence: string;
  /** Place in the order of first versions: a correction keeps its statement's (time rule 2). */
  readonly rank: number;
}

/** What became of a version that does not stand any more. */
export interface VersionEnd {
  readonly by: 'CORRECTION' | 'WITHDRAWAL';
  /** The event that ended it. */
  readonly event: string;
}

export interface SubjectView {
  readonly kind: AnySubjectKind;
  readonly key: string;
  readonly lifetime: Lifetime;
  /** The versions that stand, by scale, in the order of time rule 2: by date, then by rank. */
  readonly versionsByScale: ReadonlyMap<string, readonly Version[]>;
}

export interface ScaleView {
  readonly kind: ScaleKind;
  readonly subjectKind: SubjectKind;
  /** Keys, in the order of the latest definition. */
  readonly levels: readonly string[];
}

/** What a history has established, as far as decisions and rules need to know it. */
export interface WriteModel {
  /** How many events were applied. */
  size(): number;
  /** Whether this event is among them. */
  has(eventId: string): boolean;
  scale(key: string): ScaleView | undefined;
  /** Of a subject that was ever registered, by its stream. */
  subject(stream: string): SubjectView | undefined;
  /** The version that this event made, if it stands. */
  version(eventId: string): Version | undefined;
  /** What became of the version that this event made, if it does not stand any more. */
  end(eventId: string): VersionEnd | undefined;
  /** Of a defined period. */
  referenceDate(period: string): string | undefined;
  hasReport(key: string): boolean;
}

export const versionsOn = (subject: SubjectView | undefined, scale: string): readonly Version[] =>
  subject?.versionsByScale.get(scale) ?? [];
