import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { IMMUTABLE, REVALIDATE } from '../cache.js';
import { matchesETag } from '../conditional-get.js';
import { digestOf, newAsset, type Asset } from './asset.js';
import { filesOf } from './files.js';
import { CONTENT_SECURITY_POLICY, pageOf } from './html.js';
import type { GraphiqlSettings } from './settings.js';

const acceptsGzip = ({ headers }: FastifyRequest): boolean =>
  /(^|,)\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]\d*|1\.0*)\s*)?(,|$)/i.test(headers['accept-encoding'] ?? '');

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  asset: Asset,
  cacheControl: string,
): Promise<FastifyReply> {
  const { contentType, body, etag, compressed } = asset;
  reply
    .header('cache-control', cacheControl)
    .header('vary', 'accept-encoding')
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin');
  const gzipped = acceptsGzip(request);
  // The compressed file is another representation, so it has a tag of its own.
  const tag = gzipped ? etag.replace(/"$/, '-gzip"') : etag;
  reply.header('etag', tag);
  if (matchesETag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  if (gzipped) reply.header('content-encoding', 'gzip');
  return reply.header('content-type', contentType).send(gzipped ? await compressed() : body);
}

/** Serves GraphiQL and all that it loads from our own origin. @throws when a file of it is missing. */
export const addGraphiql = (app: FastifyInstance, settings: GraphiqlSettings): void => {
  const files = filesOf(settings);
  const base = `/graphiql/${digestOf(...files.values()).slice(0, 16)}`;
  const page = newAsset('html', Buffer.from(pageOf(base)));
  // The address of a file contains a digest of all files, so a stored file never goes stale. Only these addresses exist.
  const assets = new Map(
    [...files].map(([name, content]) => [`${base}/${name}`, newAsset(name.endsWith('.css') ? 'css' : 'js', content)]),
  );

  app.get('/graphiql', async (request, reply) => {
    reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-opener-policy', 'same-origin');
    return send(request, reply, page, REVALIDATE);
  });
  app.get('/graphiql/*', async (request, reply) => {
    const asset = assets.get(request.url.split('?')[0] ?? '');
    if (asset) return send(request, reply, asset, IMMUTABLE);
    return reply.callNotFound();
  });
};
