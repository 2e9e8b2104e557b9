/**
 * Which room may import which. A room's list says what it may know; what is not on it, it must be given. `npm run
 * deps:check` reads the sources, types included: who needs a room's types has to be read together with it too.
 */

const ownCode = '^(events|projections|schema|src|datasets|scripts|bench|verifier|test)/';

/** What any room of src/ may use: tools without knowledge of the product. */
const tools = ['^src/(concurrency|files)/', '^src/config/version\\.ts$'];

/** The classes of errors that all rooms share. */
const errors = '^events/errors/';

/** What those who keep something on a PostgreSQL server share. */
const postgres = '^src/postgres/';

/** The types through which rooms ask the log, without knowing its engine. */
const port = '^src/event-store/port\\.ts$';

/** A room may import itself and what it may know, and nothing else of ours. */
const room = (name, folder, mayKnow, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: folder },
  to: { path: ownCode, pathNot: [folder, ...mayKnow] },
});

/** A library that only these may import, so that it can be replaced, and so that all use it in one way. */
const library = (name, packages, allowedIn, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: ownCode, pathNot: ['^(test|bench|datasets|scripts)/', ...allowedIn] },
  to: { path: packages.map((name) => `node_modules/${name}/`), dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    room(
      'events-know-nothing',
      '^events/',
      [],
      'What can happen is the one thing that everything else agrees on. It is read back for as long as the log exists, so it must not change because something else does.',
    ),
    room(
      'projections-know-events',
      '^projections/',
      ['^events/'],
      'A read model is a function of the log. If it knew who asks or where it is kept, it could not be thrown away and built anew by another version of the program.',
    ),
    room(
      'time-knows-points',
      '^src/time/',
      ['^events/', '^projections/point\\.ts$', port, ...tools],
      'A moment is resolved by the log and the calendar alone, the same for a query, an export and a subscription.',
    ),
    room(
      'tools-know-no-product',
      '^src/(concurrency|files)/',
      [errors],
      'What is built with locks, queues and files is decided elsewhere. These could serve any other product.',
    ),
    room(
      'proofs-know-events',
      '^src/proofs/',
      ['^events/', port, ...tools],
      'Whoever checks a proof has the events and nothing else of ours. A checkpoint is held against the tree and against earlier checkpoints, never against what was derived from the log.',
    ),
    room(
      'postgres-knows-no-tables',
      '^src/postgres/',
      [errors, ...tools],
      'How a server is reached, and what its failures mean, is the same whatever is kept there.',
    ),
    room(
      'read-models-join-log-and-projections',
      '^src/read-models/',
      ['^events/', '^projections/', port, postgres, ...tools],
      'The one way from the log to the read models.',
    ),
    {
      name: 'read-database-knows-projections',
      comment: 'The database holds the tables that the projections define, and does not know what is in the log.',
      severity: 'error',
      from: { path: '^src/read-models/database/' },
      to: { path: '^(events/(?!errors/)|src/(event-store|read-models/(?!database/)))' },
    },
    room(
      'log-format-goes-through-the-rules',
      '^src/log-format/',
      ['^events/', '^src/commands/', '^src/time/', '^src/event-store/(port|errors|event-validation)\\.ts$', ...tools],
      'A file of events is held against the rules that a mutation is held against.',
    ),
    room(
      'import-goes-through-the-rules',
      '^src/import/',
      ['^events/', '^src/commands/', '^src/time/', port, ...tools],
      'A sheet is held against the rules that a mutation is held against. Neither writes to a read model.',
    ),
    room(
      'evidence-is-made-of-log-and-read-models',
      '^src/evidence/',
      ['^events/', '^projections/', '^src/proofs/', '^src/exports/(formats/csv|sheet)\\.ts$', port, ...tools],
      'A pack holds the events as they are and the tables that the product makes of them, in the form of its exports. What is signed it is given.',
    ),
    room(
      'backup-copies-what-it-is-given',
      '^src/backup/',
      ['^src/proofs/', errors, ...tools],
      'Which files there are and what makes them sound is told by the rooms that keep them.',
    ),
    room(
      'exports-ask-the-api',
      '^src/exports/',
      ['^events/formats\\.ts$', '^src/(time|http)/', errors, ...tools],
      'A table to carry away is an answer of the API in another form, so that the two never disagree.',
    ),
    room(
      'http-knows-no-subject',
      '^src/http/',
      ['^src/time/', errors, ...tools],
      'The host serves whatever schema it is given: limits, errors and caching hold for all of them. Of what is served it knows dates and the problems with requests.',
    ),
    room(
      'config-knows-nothing',
      '^src/config/',
      [
        '^src/authority/key-source\\.ts$',
        '^src/postgres/address\\.ts$',
        '^src/proofs/notes/key-name\\.ts$',
        errors,
        ...tools,
      ],
      'Settings are read before anything else is there. What a setting names is described where it is used.',
    ),
    {
      name: 'only-roots-choose-an-engine',
      comment: 'Which engine keeps the log is a setting. Whoever works with the log knows the port and its errors.',
      severity: 'error',
      from: { path: ownCode, pathNot: ['^src/(server|cli)/', '^src/event-store/', '^(test|bench|datasets)/'] },
      to: { path: '^src/event-store/([^/]+/|open\\.ts$)' },
    },
    {
      name: 'only-roots-know-every-room',
      comment:
        'What is wired where can be read in src/server/ and in src/cli/. A room that imported one of them would know every other.',
      severity: 'error',
      from: { path: ownCode, pathNot: ['^src/[^/]+\\.ts$', '^src/(server|cli|config)/', '^(test|bench)/'] },
      to: { path: '^src/([^/]+\\.ts$|server/|cli/|config/)', pathNot: tools },
    },
    room(
      'commands-know-history',
      '^src/commands/',
      ['^events/', port, ...tools],
      'A decision follows from the history and the request. A read model may lag behind the log, so nothing is decided by it.',
    ),
    room(
      'authority-judges-commands',
      '^src/authority/',
      ['^events/', '^src/commands/', port, postgres, ...tools],
      'Who may do what is judged before and outside of the rules of history, and the names of people are kept outside of the log.',
    ),
    room(
      'engines-know-the-port',
      '^src/event-store/',
      ['^events/', '^src/proofs/', postgres, ...tools],
      'A log keeps events and knows nothing of what they mean or who asks. So an engine can be exchanged for another.',
    ),
    {
      name: 'engines-do-not-know-each-other',
      comment: 'Each engine of the log passes the same examples by itself; what two of them share stands beside them.',
      severity: 'error',
      from: { path: '^src/event-store/([^/]+)/', pathNot: '^src/event-store/kurrentdb/' },
      to: { path: '^src/event-store/([^/]+)/', pathNot: '^src/event-store/$1/' },
    },
    {
      name: 'the-index-of-kurrentdb-is-a-log-in-sqlite',
      comment:
        'What follows from the commits on its server is kept in the tables of the engine of SQLite, judged and asked as they are there: two ways to judge would differ one day.',
      severity: 'error',
      from: { path: '^src/event-store/kurrentdb/' },
      to: { path: '^src/event-store/[^/]+/', pathNot: '^src/event-store/(kurrentdb|sqlite)/' },
    },
    room(
      'schema-asks-and-decides-elsewhere',
      '^schema/',
      [
        '^events/',
        '^projections/',
        '^src/(commands|time)/',
        port,
        '^src/proofs/(notes/tlog-proof|merkle/.*)\\.ts$',
        '^src/(proofs/checkpoints/(checkpoint-signer|verify-checkpoint)|http/cache|read-models/projector/(status|progress)|authority/(identity|permission|vault/port|erase-actor))\\.ts$',
      ],
      'A resolver is one call into the house. It asks the projections, lets commands decide, and is given all else by its context.',
    ),
    {
      name: 'schema-is-given-its-context',
      comment:
        'Of what the context holds the schema knows the types alone: tests and other hosts give it others. To erase an actor is a decision like those of src/commands.',
      severity: 'error',
      from: { path: '^schema/' },
      to: {
        path: '^src/(event-store|http|read-models|authority|proofs/checkpoints)/',
        dependencyTypesNot: ['type-only'],
        pathNot: '/erase-actor\\.ts$',
      },
    },
    {
      name: 'the-verifier-stands-alone',
      comment:
        'Whoever verifies an evidence pack has one file and node. What it shared with us would be wrong in both at once.',
      severity: 'error',
      from: { path: '^verifier/' },
      to: { dependencyTypesNot: ['core'] },
    },
    {
      name: 'nothing-depends-on-the-verifier',
      comment: 'It is written a second time so that it can contradict the program. Only tests hold the two together.',
      severity: 'error',
      from: { path: ownCode, pathNot: ['^test/'] },
      to: { path: '^verifier/' },
    },
    {
      name: 'nothing-depends-on-tools',
      comment: 'What is shipped does not depend on what only proves or measures it.',
      severity: 'error',
      from: { path: '^(events|projections|schema|src|datasets)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Of two files that import each other, types or values, neither can be understood or tested first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-ends',
      comment: 'An import that leads nowhere fails at the start, or silently has no type.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    library(
      'type-graphql-in-schema',
      ['type-graphql', 'dataloader', 'graphql-scalars'],
      ['^schema/'],
      'How the API is described is the business of schema/ alone.',
    ),
    library(
      'hosts-in-http',
      ['fastify', '@apollo/server', '@as-integrations/fastify', 'graphql-ws', 'ws'],
      ['^src/(http|exports)/'],
      'Limits, errors and the end of the server are in one place. A server elsewhere would have none of them.',
    ),
    library(
      'drivers-where-something-is-kept',
      ['better-sqlite3'],
      [
        '^src/event-store/(sqlite|kurrentdb)/',
        '^src/read-models/database/',
        '^src/authority/vault/',
        '^src/files/database-copy\\.ts$',
      ],
      'Whoever holds a connection can write. What is asked goes through the port or the questions of the projections.',
    ),
    library(
      'server-driver-where-something-is-kept',
      ['pg'],
      [postgres, '^src/event-store/postgres/', '^src/authority/vault/postgres/'],
      'Whoever holds a connection can write. What is asked goes through the port or the questions of the projections.',
    ),
    library(
      'one-engine-knows-kurrentdb',
      ['@kurrent/kurrentdb-client'],
      ['^src/event-store/kurrentdb/'],
      'Its client has faults that are dealt with in one place.',
    ),
    library(
      'kysely-for-read-models',
      ['kysely'],
      ['^projections/', '^src/read-models/'],
      'SQL is written where the tables are defined.',
    ),
  ],
  options: {
    // The compiler has no JavaScript API in its version 7. swc reads the same sources, the imports of types included.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // The script of the GraphiQL page imports what the server gives it, by the addresses under which it is served.
    exclude: { path: '^(dist|src/http/graphiql/page)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
