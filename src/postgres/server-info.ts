/** The oldest version on which the statements of this program were tested. */
const MIN_SERVER_VERSION = 13;

/** The version and the encoding of a server. */
export interface ServerInfo {
  readonly version: number;
  readonly encoding: string;
}

/** Why the program cannot keep its tables in this database, as the end of a sentence; null where it can. */
export async function unsupportedServerReason(
  ask: (text: string) => Promise<readonly ServerInfo[]>,
): Promise<string | null> {
  const [server] = await ask(
    `SELECT current_setting('server_version_num')::integer / 10000 AS version,
       current_setting('server_encoding') AS encoding`,
  );
  const { version = 0, encoding = '' } = server ?? {};
  if (version < MIN_SERVER_VERSION) return `is on PostgreSQL ${version}. Use ${MIN_SERVER_VERSION} or a later one.`;
  if (encoding === 'UTF8') return null;
  return `is in a database with encoding ${encoding}, which cannot hold all text. Create one with ENCODING 'UTF8'.`;
}
