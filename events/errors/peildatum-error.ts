/**
 * The base of every error class of the program. `code` is a stable word of the class, for code and logs to tell errors apart by;
 * a class of several kinds of failure has a code for each. The message is for people and may be reworded.
 */
export abstract class PeildatumError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
