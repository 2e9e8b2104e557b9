import { StoreUnusableError } from '../errors.js';

/** The log of a server's that a URL means unless it names another: `kurrentdb://host:port?log=name`. */
const DEFAULT_LOG = 'log';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Where a log is, and how people are told so. */
export interface Address {
  /** What the client connects with: credentials, TLS and all else that it knows of. */
  readonly url: string;
  /** Those of the URL, decoded; null: it has none. */
  readonly credentials: Credentials | null;
  /** The native stream that the log's commits are in. */
  readonly stream: string;
  /** The file of the index; null: one that is thrown away at the end. */
  readonly index: string | null;
  /** For messages: never with a password in it. */
  readonly place: string;
}

const unusable = (message: string): StoreUnusableError => new StoreUnusableError('UNSUPPORTED', message);

const FORM = /^(?:kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\/(?:(.*)@)?([^@/?#]+)\/?(?:\?([^#]*))?$/s;

function credentialsOf(text: string | undefined): Credentials | null {
  if (text === undefined) return null;
  const [user = '', ...rest] = text.split(':');
  try {
    const [username, password] = [decodeURIComponent(user), decodeURIComponent(rest.join(':'))];
    if (username !== '' && password !== '') return { username, password };
  } catch {
    // Told below, without what was given: it may be a password.
  }
  throw unusable('The URL of the log names a user without a password, or has a % in one of them that is not encoded.');
}

/** The client takes what comes after a second colon for nothing, and says nothing of it. */
const encoded = (credentials: Credentials | null): string =>
  credentials === null
    ? ''
    : `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`;

/** Of what the client is told by the URL, these are the engine's business: it relies on failures that are thrown. */
const OURS = ['log', 'index', 'throwonappendfailure'];

function partsOf(query: string): { readonly ours: ReadonlyMap<string, string>; readonly client: readonly string[] } {
  const ours = new Map<string, string>();
  const client: string[] = [];
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', value = ''] = pair.split('=', 2);
    const flat = name.trim().toLowerCase().replaceAll(/[_-]/g, '');
    if (OURS.includes(flat)) ours.set(flat, decodeURIComponent(value));
    else client.push(pair);
  }
  return { ours, client };
}

/**
 * @param log goes before the one in the URL; so does `index`.
 * @throws {StoreUnusableError} UNSUPPORTED
 */
export function addressOf(url: string, given: { readonly log?: string; readonly index?: string } = {}): Address {
  const [whole, discover = '', userinfo, hosts = '', query = ''] = FORM.exec(url) ?? [];
  if (whole === undefined) {
    // Without the URL: there may be a password in it.
    throw unusable('The URL of the log does not read kurrentdb://user:password@host:port?tls=true.');
  }
  const { ours, client } = partsOf(query);
  const log = given.log ?? ours.get('log') ?? DEFAULT_LOG;
  if (!/^[a-zA-Z0-9_-]{1,100}$/.test(log)) {
    throw unusable(`'${log}' cannot be the name of a log: it takes a to z, digits, _ and -, at most 100 of them.`);
  }
  if (log.endsWith('-checkpoints')) {
    throw unusable(`'${log}' cannot be the name of a log: the checkpoints of another have a stream of that name.`);
  }
  const credentials = credentialsOf(userinfo);
  const search = client.length > 0 ? `?${client.join('&')}` : '';
  // The client warns on the terminal of the older name of the protocol, which means the same.
  const scheme = `kurrentdb${discover}://`;
  return {
    url: `${scheme}${encoded(credentials)}${hosts}${search}`,
    credentials,
    stream: `peildatum-${log}`,
    index: given.index ?? ours.get('index') ?? null,
    place: `${scheme}${hosts}, log ${log}`,
  };
}
