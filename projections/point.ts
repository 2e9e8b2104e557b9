/** A place on both time axes: what held on a civil date, as the log knew it at a position. */
export interface Point {
  readonly asOf: string;
  readonly position: number;
}
