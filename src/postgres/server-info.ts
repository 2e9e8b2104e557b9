/** What the statements here have been tried on begins with this version. */
const OLDEST_SERVER = 13;

/** What a server says of itself. */
export interface Server {
  readonly version: number;
  readonly encoding: string;
}

/** Why tables of ours cannot be kept in this database, as the rest of a sentence; null where they can. */
export async function unsupported(ask: (text: string) => Promise<readonly Server[]>): Promise<string | null> {
  const [server] = await ask(
    `SELECT current_setting('server_version_num')::integer / 10000 AS version,
       current_setting('server_encoding') AS encoding`,
  );
  const { version = 0, encoding = '' } = server ?? {};
  if (version < OLDEST_SERVER) return `is on PostgreSQL ${version}. Use ${OLDEST_SERVER} or a later one.`;
  if (encoding === 'UTF8') return null;
  return `is in a database with encoding ${encoding}, which cannot hold all text. Create one with ENCODING 'UTF8'.`;
}
