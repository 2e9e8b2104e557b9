import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { validate } from 'graphql';
import { cacheControlFor, NO_STORE, type CachingContext } from '../http/cache.js';
import { conditionalGet } from '../http/conditional-get.js';
import type { RouteSources } from '../http/server.js';
import { exportErrorFor, newApiQuery } from './api-query.js';
import { contentDisposition } from './content-disposition.js';
import { ExportRefusedError } from './export-error.js';
import type { ExportLanguage } from './labels/index.js';
import { readParameters } from './parameters/read-parameters.js';
import { resolveExportPath, tableExports } from './resolve-path.js';

export interface ExportSettings {
  /** The programme's time zone, whose days a date for knownAt is read in. */
  readonly timeZone: string;
}

type ExportSources<C extends CachingContext> = ExportSettings & RouteSources<C>;

interface ExportedFile {
  readonly body: Buffer;
  readonly contentType: string;
  readonly disposition: string;
  readonly cacheControl: string;
}

/** Fastify's own parser does not tell a parameter that is given twice from a list. */
const searchParametersOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '');

/** @throws {ExportRefusedError} and what the context throws */
const exportFile = async <C extends CachingContext>(
  request: FastifyRequest,
  sources: ExportSources<C>,
): Promise<ExportedFile> => {
  const { schema, contextFor, momentFields, timeZone, logger } = sources;
  // First, so that a client that may not read is not told either what there is to ask.
  const context = await contextFor(request);
  const { table, format, pathVariables } = resolveExportPath((request.params as { '*'?: string })['*'] ?? '');
  const calendar = { timeZone, now: new Date() };
  const variables = readParameters(table.document, searchParametersOf(request.url), pathVariables, schema, calendar);
  const language = (variables['language'] ?? 'NL') as ExportLanguage;
  const sheet = await table.sheet(newApiQuery(schema, context, logger), variables, language);
  return {
    body: await format.write(sheet),
    contentType: format.contentType,
    disposition: contentDisposition(sheet.title, format.extension),
    cacheControl: cacheControlFor(context.caching, table.documents, momentFields),
  };
};

const sendFile = (reply: FastifyReply, { body, contentType, disposition, cacheControl }: ExportedFile): FastifyReply =>
  reply
    .header('cache-control', cacheControl)
    .header('content-type', contentType)
    .header('content-disposition', disposition)
    .header('x-content-type-options', 'nosniff')
    .send(body);

/** Serves every table as a file below /export. @throws when a document of the exports does not fit the schema. */
export const addExports = <C extends CachingContext>(app: FastifyInstance, sources: ExportSources<C>): void => {
  const { schema, logger } = sources;
  for (const document of tableExports.flatMap(({ documents }) => documents)) {
    const [invalid] = validate(schema, document);
    if (invalid) throw invalid;
  }
  const sendRefusal = (reply: FastifyReply, error: unknown): FastifyReply => {
    const { status, errors } = error instanceof ExportRefusedError ? error : exportErrorFor([error], logger);
    return reply.code(status).header('cache-control', NO_STORE).send({ errors });
  };
  const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    exportFile(request, sources).then(
      (file) => sendFile(reply, file),
      (error: unknown) => sendRefusal(reply, error),
    );
  app.get('/export', { onSend: conditionalGet }, handler);
  app.get('/export/*', { onSend: conditionalGet }, handler);
};
