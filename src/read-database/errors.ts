const remedies = {
  FOREIGN: 'Name another file in READ_DATABASE_URL.',
  CORRUPT: 'Move it away: the read models are rebuilt from the log at the next start.',
  NOT_WRITABLE: 'Check DATA_DIR and READ_DATABASE_URL, and the rights on the folder.',
};

/** The read models' database cannot be used. Nothing is lost with it: the log can rebuild it. */
export class ReadDatabaseUnusable extends Error {
  override readonly name = 'ReadDatabaseUnusable';
  constructor(
    readonly code: keyof typeof remedies,
    file: string,
    reason: string,
  ) {
    super(`The read database '${file}' cannot be used: ${reason}. ${remedies[code]}`);
  }
}
