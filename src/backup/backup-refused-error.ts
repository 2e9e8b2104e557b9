import { ExpectedError } from '../../events/errors/expected-error.js';

/** The directory holds no backup, or a backup that is incomplete or changed. Nothing was restored. */
export class BackupRefusedError extends ExpectedError {
  override readonly code = 'BACKUP_REFUSED';

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
