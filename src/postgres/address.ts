/** Where tables are, and how people are told so. */
export interface Address {
  /** What the driver connects with: credentials, TLS and all that it knows of in the query of a URL. */
  readonly url: string;
  readonly schema: string;
  /** For messages: never with a password in it. */
  readonly place: string;
}

export interface Tenant {
  /** Whose tables they are, for messages. */
  readonly of: string;
  /** The setting that names the URL. */
  readonly setting: string;
  /** The schema that they are in unless the URL names another: `postgres://host/database?schema=name`. */
  readonly schema: string;
}

/** All keep to a schema of their own, so that each can be granted, dumped and dropped by itself. */
export const tenants = {
  log: { of: 'the log', setting: 'EVENT_STORE_URL', schema: 'peildatum' },
  readModels: { of: 'the read models', setting: 'READ_DATABASE_URL', schema: 'peildatum_read' },
  vault: { of: 'the vault', setting: 'VAULT_URL', schema: 'peildatum_vault' },
} satisfies Record<string, Tenant>;

/**
 * The address that a URL names, or a sentence about what is wrong with it.
 * @param instead a schema that goes before the one in the URL
 */
export function addressOf(url: string, { of, schema }: Tenant, instead?: string): Address | string {
  // An error of the parser would repeat the URL, and the password in it.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    return `The URL of ${of} does not read postgres://user:password@host:port/database.`;
  }
  const parsed = new URL(url);
  const named = instead ?? parsed.searchParams.get('schema') ?? schema;
  // The driver would take it for a setting of the server.
  parsed.searchParams.delete('schema');
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(named) || named.startsWith('pg_') || named === 'information_schema') {
    return `'${named}' cannot be the schema of ${of}: it takes a to z, digits and _, at most 63 of them.`;
  }
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost';
  return { url: parsed.href, schema: named, place: `postgres://${host}${parsed.pathname}, schema ${named}` };
}
