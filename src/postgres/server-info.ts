/** What the statements here have been tried on begins with this version. */
const MIN_SERVER_VERSION = 13;

/** What a server says of itself. */
export interface ServerInfo {
  readonly version: number;
  readonly encoding: string;
}

/** Why tables of ours cannot be kept in this database, as the rest of a sentence; null where they can. */
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
