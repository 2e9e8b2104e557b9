import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** A file that is served from memory. It is compressed when a client first accepts gzip. */
export interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly compressed: () => Promise<Buffer>;
}

const contentTypes = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;

export const digestOf = (...contents: readonly Buffer[]): string => {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('base64url');
};

export function newAsset(kind: keyof typeof contentTypes, body: Buffer): Asset {
  let compressed: Promise<Buffer> | undefined;
  return {
    contentType: contentTypes[kind],
    body,
    etag: `"${digestOf(body)}"`,
    compressed: () => (compressed ??= compress(body)),
  };
}
