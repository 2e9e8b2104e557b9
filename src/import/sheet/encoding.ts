import { createReadStream } from 'node:fs';

/** How the characters of a text file are written; the names are those of the Encoding standard. */
export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

/**
 * Detects the encoding of a file by reading all of it: UTF-16 if it begins with that byte order mark, UTF-8 if every byte is
 * valid UTF-8, and otherwise Windows-1252, in which older spreadsheet programs write.
 */
export async function detectEncoding(file: string): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      first = false;
      utf8.decode(chunk, { stream: true });
    }
    utf8.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

/** The text of a file, a piece at a time, without a byte order mark. */
export async function* decodeFile(
  file: string,
  encoding: Encoding,
  onProgress?: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    yield decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    onProgress?.(bytes);
  }
  yield decoder.decode();
}
