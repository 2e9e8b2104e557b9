import {
  hostName,
  keyName,
  keySource,
  listOf,
  logUrl,
  oneOf,
  path,
  readDatabaseUrl,
  someText,
  timeZone,
  wholeNumber,
} from './parsers.js';
import { setting } from './setting.js';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Signatures of which the verifying party holds no secret. There is no setting that lets in 'none' or a shared secret. */
const algorithms = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'RS256', 'RS384', 'RS512'] as const;

/** Everything that can be set, in the order in which help lists it. */
export const settings = {
  port: setting({
    name: 'PORT',
    default: '4000',
    accepts: 'a whole number from 0 to 65535; 0 takes any free port',
    description: 'The port that the API listens on.',
    parse: wholeNumber(0, 65_535),
  }),
  host: setting({
    name: 'HOST',
    default: '127.0.0.1',
    accepts: 'an IP address or a host name; 0.0.0.0 listens on all interfaces',
    description: 'The address that the API listens on.',
    parse: hostName,
  }),
  dataDir: setting({
    name: 'DATA_DIR',
    default: './data',
    accepts: 'the path of a directory; it is made if it does not exist',
    description: 'Where the databases are, unless their URLs say otherwise.',
    parse: path,
  }),
  eventStoreUrl: setting({
    name: 'EVENT_STORE_URL',
    default: 'sqlite:{DATA_DIR}/events.db',
    accepts: 'sqlite:relative/path, postgres://user:password@host:port/database or kurrentdb://host:port',
    description: 'The log: the one thing to keep and to back up. The paths of files may be absolute.',
    parse: logUrl,
  }),
  readDatabaseUrl: setting({
    name: 'READ_DATABASE_URL',
    default: 'sqlite:{DATA_DIR}/read.db',
    accepts: 'sqlite:path or postgres://user:password@host:port/database, but not where the log is',
    description: 'The read models, which can be rebuilt from the log. Servers may share those on PostgreSQL.',
    parse: readDatabaseUrl,
  }),
  projecting: setting({
    name: 'PROJECTING',
    default: 'on',
    accepts: 'on or off',
    description: 'Whether this server takes part in keeping the read models up to date; off: others do.',
    parse: oneOf(['on', 'off'] as const),
  }),
  projectionLease: setting({
    name: 'PROJECTION_LEASE',
    default: '10',
    accepts: 'a whole number of seconds from 1 to 600',
    description: 'For how long a process that projects may be silent before another takes over from it.',
    parse: wholeNumber(1, 600),
  }),
  readyLag: setting({
    name: 'READY_LAG',
    default: '1000',
    accepts: 'a whole number of events; 0 is up to date',
    description: 'How many events the read models may lack while /health/ready still says yes.',
    parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  }),
  graphiql: setting({
    name: 'GRAPHIQL',
    default: 'on',
    accepts: 'on or off',
    description: 'Whether GraphiQL, to try the API in a browser, is served at /graphiql.',
    parse: oneOf(['on', 'off'] as const),
  }),
  timeZone: setting({
    name: 'TIME_ZONE',
    default: 'Europe/Amsterdam',
    accepts: 'the name of a time zone in the IANA database',
    description: 'The zone whose calendar says which day it is.',
    parse: timeZone,
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    default: 'info',
    accepts: logLevels.join(', '),
    description: 'The least severe messages to log, as JSON lines on standard error.',
    parse: oneOf(logLevels),
  }),
  reading: setting({
    name: 'READING',
    default: 'public',
    accepts: 'public, or authenticated: then reading needs a token with the role reader or more',
    description: 'Who may read. Recording always needs a token.',
    parse: oneOf(['public', 'authenticated'] as const),
  }),
  authJwks: setting({
    name: 'AUTH_JWKS',
    default: '{DATA_DIR}/keys/jwks.json',
    accepts: 'an http(s) URL, or the path of a file; the default is the key pair that is made here',
    description: 'The public keys that tokens are verified with, as a JSON Web Key Set.',
    parse: keySource,
  }),
  authIssuer: setting({
    name: 'AUTH_ISSUER',
    default: 'peildatum',
    accepts: 'what tokens must say in the claim iss',
    description: 'Who issues the tokens.',
    parse: someText(1_000),
  }),
  authAudience: setting({
    name: 'AUTH_AUDIENCE',
    default: 'peildatum',
    accepts: 'what tokens must say, or name among others, in the claim aud',
    description: 'Whom the tokens are for.',
    parse: someText(1_000),
  }),
  authAlgorithms: setting({
    name: 'AUTH_ALGORITHMS',
    default: 'EdDSA,ES256,RS256',
    accepts: `a list, with commas, of ${algorithms.join(', ')}`,
    description: 'How tokens may be signed.',
    parse: listOf(algorithms),
  }),
  authRolesClaim: setting({
    name: 'AUTH_ROLES_CLAIM',
    default: 'roles',
    accepts: 'the name of a claim, or a path with dots, such as realm_access.roles',
    description: 'Where tokens name the roles reader, recorder, publisher, administrator.',
    parse: someText(1_000),
  }),
  logOrigin: setting({
    name: 'LOG_ORIGIN',
    default: 'localhost/peildatum',
    accepts: 'a URL without its scheme, such as peildatum.example.org/log; no spaces, no plus',
    description: 'The name of the log in its checkpoints. Set it before any is handed out, and keep it.',
    parse: keyName,
  }),
  checkpointKey: setting({
    name: 'CHECKPOINT_KEY',
    default: '{DATA_DIR}/keys/checkpoint.key',
    accepts: 'the path of a file; the default is made at the first start, any other must be there',
    description: 'The private key that checkpoints are signed with. Several servers on one log share it.',
    parse: path,
  }),
  checkpointEvery: setting({
    name: 'CHECKPOINT_EVERY',
    default: '60',
    accepts: 'a whole number of minutes from 0 to 10080; 0 leaves it to publications and requests',
    description: 'How often a log that has grown is signed.',
    parse: wholeNumber(0, 10_080),
  }),
};
