import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { validate } from 'graphql';
import { cacheControlFor, matchesETag, NO_STORE, type CachingContext } from '../http/cache.js';
import type { RouteSources } from '../http/server.js';
import { newAsk, refusalOf } from './ask.js';
import { attachment } from './file-name.js';
import { readParameters } from './parameters.js';
import { ExportRefusedError } from './problem.js';
import { routeOf, tableExports } from './route.js';
import type { SheetLanguage } from './words.js';

export interface ExportSettings {
  /** The programme's zone: a date given for knownAt ends where the day ends there. */
  readonly timeZone: string;
}

type ExportSources<C extends CachingContext> = ExportSettings & RouteSources<C>;

interface MadeExport {
  readonly body: Buffer;
  readonly contentType: string;
  readonly disposition: string;
  readonly cacheControl: string;
}

/** Not Fastify's, which does not tell a parameter that is given twice from a list. */
const searchOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '');

const makeExport = async <C extends CachingContext>(
  request: FastifyRequest,
  sources: ExportSources<C>,
): Promise<MadeExport> => {
  const { schema, contextFor, momentFields, timeZone, logger } = sources;
  // Who may not read is not told what could be asked either.
  const context = await contextFor(request);
  const { table, format, fromPath } = routeOf((request.params as { '*'?: string })['*'] ?? '');
  const calendar = { timeZone, now: new Date() };
  const variables = readParameters(table.document, searchOf(request.url), fromPath, schema, calendar);
  const language = (variables['language'] ?? 'NL') as SheetLanguage;
  const sheet = await table.sheet(newAsk(schema, context, logger), variables, language);
  return {
    body: await format.write(sheet),
    contentType: format.contentType,
    disposition: attachment(sheet.title, format.extension),
    cacheControl: cacheControlFor(context.caching, table.documents, momentFields),
  };
};

const answer = (request: FastifyRequest, reply: FastifyReply, made: MadeExport): FastifyReply => {
  const hash = createHash('sha256').update(`${made.contentType}\n`).update(made.body);
  const etag = `"${hash.digest('base64url')}"`;
  reply.header('etag', etag).header('cache-control', made.cacheControl);
  if (matchesETag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply
    .header('content-type', made.contentType)
    .header('content-disposition', made.disposition)
    .header('x-content-type-options', 'nosniff')
    .send(made.body);
};

/** Serves every table as a file. @throws when the schema does not answer what the exports ask. */
export const addExports = <C extends CachingContext>(app: FastifyInstance, sources: ExportSources<C>): void => {
  const { schema, logger } = sources;
  for (const document of tableExports.flatMap(({ documents }) => documents)) {
    const [problem] = validate(schema, document);
    if (problem) throw problem;
  }
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const refuse = (error: unknown): FastifyReply => {
      const { status, errors } = error instanceof ExportRefusedError ? error : refusalOf([error], logger);
      return reply.code(status).header('cache-control', NO_STORE).send({ errors });
    };
    return makeExport(request, sources).then((made) => answer(request, reply, made), refuse);
  };
  app.get('/export', handler);
  app.get('/export/*', handler);
};
