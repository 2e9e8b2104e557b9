/** Something wrong at one place of a log. */
export interface LogFault {
  /** The position where the fault was found. The position that an event claims may itself be the fault. */
  readonly position: number;
  /** Completes the sentence "The event at this position …". */
  readonly message: string;
}
