/** What is wrong with a log in one place. */
export interface Fault {
  /** Where it was found; the position that the event claims may be the fault. */
  readonly position: number;
  readonly message: string;
}
