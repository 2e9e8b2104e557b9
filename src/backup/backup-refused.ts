import { ExpectedError } from '../../events/errors/expected-error.js';

/** A backup that is not whole, or is not one. Nothing of it was restored. */
export class BackupRefused extends ExpectedError {
  override readonly name = 'BackupRefused';
  constructor(
    directory: string,
    /** Sentences without their full stops. */
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      `'${directory}' cannot be restored; nothing was.\n${problems.map((each) => `- ${each}.`).join('\n')}`,
      options,
    );
  }
}
