import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface Digest {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Passes bytes on and counts them. */
function measuring(): { pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer>; digest(): Digest } {
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

export async function digestOf(file: string): Promise<Digest> {
  const { pass, digest } = measuring();
  await pipeline(createReadStream(file), pass, async (chunks) => {
    for await (const _ of chunks);
  });
  return digest();
}

/** Copies a file into a new one, onto the disk. What is digested is what was copied, whatever becomes of the original. */
export async function copyWithDigest(from: string, to: string, mode: number): Promise<Digest> {
  const { pass, digest } = measuring();
  await pipeline(createReadStream(from), pass, createWriteStream(to, { flags: 'wx', mode, flush: true }));
  return digest();
}
