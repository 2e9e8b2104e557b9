import type { Point } from '../../projections/point.js';

/** A point with where it came from and what can be said of it. */
export interface Moment extends Point {
  /** recordedAt of the event at the position; null before the first event. */
  readonly knownAt: string | null;
  /** Whether that recordedAt was stated by an imported history. */
  readonly recordedAtStated: boolean;
  readonly periodKey: string | null;
  readonly asPublished: boolean;
  /** The answer at this moment can never change (time rule 11). */
  readonly immutable: boolean;
}

/** A moment as a request asks for it; what is absent takes its default. */
export interface MomentRequest {
  readonly asOf?: string | null | undefined;
  /** In stored form: see parseInstant. */
  readonly knownAt?: string | null | undefined;
  readonly position?: number | null | undefined;
  readonly period?: string | null | undefined;
  readonly asPublished?: boolean | null | undefined;
  readonly atLeast?: number | null | undefined;
}
