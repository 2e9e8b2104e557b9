import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncPath } from '../files/durable-file.js';
import { MANIFEST, type Manifest, type PackFile } from './manifest.js';

/** Writes the files of a pack and takes down what the manifest says of them. */
export interface PackFiles {
  write(name: string, content: string | Buffer | AsyncIterable<string>): Promise<void>;
  /** Writes the manifest, and waits until the disk has everything. */
  finish(manifest: Omit<Manifest, 'files'>): Promise<Manifest>;
}

async function* once(content: string | Buffer): AsyncGenerator<string | Buffer> {
  yield content;
}

export function newPackFiles(directory: string): PackFiles {
  const files: PackFile[] = [];
  const folders = new Set<string>([directory]);

  const put = async (name: string, content: string | Buffer | AsyncIterable<string>): Promise<PackFile> => {
    const path = join(directory, name);
    const folder = dirname(path);
    if (!folders.has(folder)) mkdirSync(folder);
    folders.add(folder);
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(path, 'wx');
    try {
      for await (const chunk of typeof content === 'string' || Buffer.isBuffer(content) ? once(content) : content) {
        const part = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
        hash.update(part);
        bytes += part.length;
        await file.writeFile(part);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { name, bytes, sha256: hash.digest('hex') };
  };

  return {
    async write(name, content) {
      files.push(await put(name, content));
    },
    async finish(contents) {
      const manifest = { ...contents, files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
      await put(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
      for (const folder of folders) syncPath(folder);
      return manifest;
    },
  };
}
