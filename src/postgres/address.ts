/** The schema of a PostgreSQL database that holds tables of the program. */
export interface Address {
  /** The URL for the driver: credentials, TLS and all other settings that it knows. */
  readonly url: string;
  readonly schema: string;
  /** The address for messages. It never holds a password. */
  readonly place: string;
}

export interface Tenant {
  /** The owner of the tables, for messages. */
  readonly of: string;
  /** The setting that names the URL. */
  readonly setting: string;
  /** The schema of the tables unless the URL names another: `postgres://host/database?schema=name`. */
  readonly schema: string;
}

/** Each has a schema of its own, so that it can be granted, dumped and dropped by itself. */
export const tenants = {
  log: { of: 'the log', setting: 'EVENT_STORE_URL', schema: 'peildatum' },
  readModels: { of: 'the read models', setting: 'READ_DATABASE_URL', schema: 'peildatum_read' },
  vault: { of: 'the vault', setting: 'VAULT_URL', schema: 'peildatum_vault' },
} satisfies Record<string, Tenant>;

/**
 * The address that a URL names, or a sentence about what is wrong with the URL.
 * @param instead a schema that takes precedence over the one in the URL
 */
export function addressOf(url: string, { of, schema }: Tenant, instead?: string): Address | string {
  // An error of the parser would repeat the URL, and the password in it.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    return `The URL of ${of} does not read postgres://user:password@host:port/database.`;
  }
  const parsed = new URL(url);
  const named = instead ?? parsed.searchParams.get('schema') ?? schema;
  // The driver would send it to the server as a setting.
  parsed.searchParams.delete('schema');
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(named) || named.startsWith('pg_') || named === 'information_schema') {
    return `'${named}' cannot be the schema of ${of}: it takes a to z, digits and _, at most 63 of them.`;
  }
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost';
  return { url: parsed.href, schema: named, place: `postgres://${host}${parsed.pathname}, schema ${named}` };
}
