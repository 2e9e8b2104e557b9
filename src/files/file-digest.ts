import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The size of a file and its SHA-256. */
export interface FileDigest {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Digests the bytes that pass through. */
function newDigestStream(): { pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer>; digest(): FileDigest } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async *pass(chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    digest: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}

export async function digestOf(file: string): Promise<FileDigest> {
  const { pass, digest } = newDigestStream();
  await pipeline(createReadStream(file), pass, async (chunks) => {
    for await (const _ of chunks);
  });
  return digest();
}

/** Copies a file into a new one, onto the disk. The digest is that of the copied bytes, even if the original changes later. */
export async function copyWithDigest(from: string, to: string, mode: number): Promise<FileDigest> {
  const { pass, digest } = newDigestStream();
  await pipeline(createReadStream(from), pass, createWriteStream(to, { flags: 'wx', mode, flush: true }));
  return digest();
}

/** What a file is written from: as a whole, or chunk by chunk. */
export type FileContent = string | Buffer | AsyncIterable<string>;

async function* buffersOf(content: FileContent): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(content)) yield content;
  else if (typeof content === 'string') yield Buffer.from(content, 'utf8');
  else for await (const chunk of content) yield Buffer.from(chunk, 'utf8');
}

/** Writes a new file, onto the disk. */
export async function writeWithDigest(to: string, content: FileContent, mode: number): Promise<FileDigest> {
  const { pass, digest } = newDigestStream();
  await pipeline(buffersOf(content), pass, createWriteStream(to, { flags: 'wx', mode, flush: true }));
  return digest();
}
