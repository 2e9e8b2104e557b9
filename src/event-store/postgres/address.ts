import { StoreUnusable } from '../errors.js';

/** The schema that a log is in unless its URL names another: `postgres://host/database?schema=name`. */
const DEFAULT_SCHEMA = 'peildatum';

/** Where a log is, and how people are told so. */
export interface Address {
  /** What the driver connects with: credentials, TLS and all that it knows of in the query of a URL. */
  readonly url: string;
  readonly schema: string;
  /** For messages: never with a password in it. */
  readonly place: string;
}

const unusable = (message: string): StoreUnusable => new StoreUnusable('UNSUPPORTED', message);

/** @param schema goes before the one in the URL. @throws {StoreUnusable} */
export function addressOf(url: string, schema?: string): Address {
  // An error of the parser would repeat the URL, and the password in it.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw unusable('The URL of the log does not read postgres://user:password@host:port/database.');
  }
  const parsed = new URL(url);
  const named = schema ?? parsed.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  // The driver would take it for a setting of the server.
  parsed.searchParams.delete('schema');
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(named) || named.startsWith('pg_') || named === 'information_schema') {
    throw unusable(`'${named}' cannot be the schema of a log: it takes a to z, digits and _, at most 63 of them.`);
  }
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost';
  return { url: parsed.href, schema: named, place: `postgres://${host}${parsed.pathname}, schema ${named}` };
}
