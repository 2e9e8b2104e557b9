import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** A file that is no zip archive, or not one whose parts can be read. The message is a sentence. */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive';
}

export interface Part {
  readonly name: string;
  readonly compressedSize: number;
  /** As the archive says. */
  readonly size: number;
  readonly method: number;
  readonly offset: number;
}

export interface Archive {
  readonly parts: ReadonlyMap<string, Part>;
  /** The text of a part, a piece at a time. @throws {UnreadableArchive} where it is longer than the archive says. */
  text(part: Part): AsyncGenerator<string>;
}

const END_OF_DIRECTORY = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const DIRECTORY_ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** More than any spreadsheet has, and little enough to read at once. */
const LARGEST_DIRECTORY = 1_048_576;

/** Opens a zip archive of less than 4 GB. @throws {UnreadableArchive} */
export async function openArchive(file: string): Promise<Archive> {
  const parts = await withFile(file, readDirectory);
  return { parts, text: (part) => textOf(file, part) };
}

async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new UnreadableArchive('It ends too early: part of it is missing.');
  return buffer;
}

async function readDirectory(handle: FileHandle): Promise<Map<string, Part>> {
  const { size } = await handle.stat();
  const length = Math.min(size, END_SIZE + LONGEST_COMMENT);
  const tail = await bytesAt(handle, size - length, length);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_SIZE > tail.length || tail.readUInt32LE(end) !== END_OF_DIRECTORY) {
    throw new UnreadableArchive(
      'It is no XLSX file, or only part of one. Save the sheet as XLSX (not XLS), without a password.',
    );
  }
  const bytes = tail.readUInt32LE(end + 12);
  if (bytes > LARGEST_DIRECTORY) throw new UnreadableArchive('It has too many parts to be a spreadsheet.');
  const directory = await bytesAt(handle, tail.readUInt32LE(end + 16), bytes);
  return new Map(partsIn(directory).map((part) => [part.name, part]));
}

function partsIn(directory: Buffer): Part[] {
  const parts: Part[] = [];
  for (let entry = 0; entry + ENTRY_SIZE <= directory.length;) {
    if (directory.readUInt32LE(entry) !== DIRECTORY_ENTRY)
      throw new UnreadableArchive('Its list of contents is damaged.');
    const nameLength = directory.readUInt16LE(entry + 28);
    const name = directory.toString('utf8', entry + ENTRY_SIZE, entry + ENTRY_SIZE + nameLength);
    if (directory.readUInt16LE(entry + 8) & ENCRYPTED)
      throw new UnreadableArchive('It has a password. Save it without one.');
    parts.push({
      name,
      method: directory.readUInt16LE(entry + 10),
      compressedSize: directory.readUInt32LE(entry + 20),
      size: directory.readUInt32LE(entry + 24),
      offset: directory.readUInt32LE(entry + 42),
    });
    entry += ENTRY_SIZE + nameLength + directory.readUInt16LE(entry + 30) + directory.readUInt16LE(entry + 32);
  }
  return parts;
}

async function* textOf(file: string, { name, method, compressedSize, size, offset }: Part): AsyncGenerator<string> {
  if (method !== STORED && method !== DEFLATED)
    throw new UnreadableArchive(`Its part ${name} is packed in an unknown way.`);
  if (compressedSize === 0) return;
  const local = await withFile(file, (handle) => bytesAt(handle, offset, LOCAL_SIZE));
  const start = offset + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = createReadStream(file, { start, end: start + compressedSize - 1 });
  const unpacked: Readable = method === STORED ? packed : packed.pipe(createInflateRaw());
  packed.on('error', (error) => unpacked.destroy(error));
  const decoder = new TextDecoder();
  let length = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      length += chunk.length;
      // Who says less than there is wants to fill the memory of whoever believes it.
      if (length > size) throw new UnreadableArchive(`Its part ${name} is longer than it says.`);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof UnreadableArchive) throw error;
    throw new UnreadableArchive(`Its part ${name} is damaged.`, { cause: error });
  } finally {
    packed.destroy();
  }
}
