import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { SAVE_AGAIN, WorkbookError } from './workbook-error.js';

/** One file in an archive. Sizes are those that the archive states. */
export interface Part {
  readonly name: string;
  readonly sizeBytes: number;
  /** The text of the part, a piece at a time. @throws {WorkbookError} where the part is not what the archive states. */
  text(): AsyncGenerator<string>;
}

/** By name, such as 'xl/workbook.xml'. */
export type Archive = ReadonlyMap<string, Part>;

/** More than any workbook has. */
const MAX_ENTRY_COUNT = 10_000;

/** Lists what is in a zip archive, of any size (zip64). Reads no part yet. @throws {WorkbookError} */
export async function openArchive(file: string): Promise<Archive> {
  const parts = new Map<string, Part>();
  await withZipFile(file, async (zip) => {
    if (zip.entryCount > MAX_ENTRY_COUNT) throw new WorkbookError('It has too many parts to be a workbook.');
    for await (const entry of entriesOf(zip)) {
      const name = nameOf(entry);
      if (entry.isEncrypted()) throw new WorkbookError('It has a password. Save it without one.');
      // Two programs could read two different workbooks from such an archive.
      if (parts.has(name)) throw new WorkbookError(`It has two parts with the name ${name}. ${SAVE_AGAIN}`);
      parts.set(name, { name, sizeBytes: entry.uncompressedSize, text: () => cellText(file, entry) });
    }
  });
  return parts;
}

const nameOf = ({ fileNameRaw }: Entry): string => fileNameRaw.toString('utf8').replaceAll('\\', '/');

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Keeps errors of ours and of the operating system, and says of any other what it means. */
const workbookError = (error: unknown, message: string): unknown =>
  error instanceof WorkbookError || isSystemError(error) ? error : new WorkbookError(message, { cause: error });

/** The file is opened anew for each part, so that an archive needs no closing. */
async function openZipFile(file: string): Promise<ZipFile> {
  try {
    // Names are decoded here: an archive that no other program would unpack into a folder needs no check of its paths.
    const zip = await openPromise(file, { autoClose: false, decodeStrings: false });
    // Reading reports its errors by itself. Without a listener, an error on closing would end the process.
    zip.on('error', () => undefined);
    return zip;
  } catch (error) {
    const message = 'It is no XLSX file, or only part of one. Save the sheet as XLSX (not XLS), without a password.';
    throw workbookError(error, message);
  }
}

async function withZipFile(file: string, work: (zip: ZipFile) => Promise<void>): Promise<void> {
  const zip = await openZipFile(file);
  try {
    await work(zip);
  } finally {
    zip.close();
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw workbookError(
      error,
      'Its list of contents is damaged, or has a password. Open the file in a spreadsheet program and save it as a new XLSX file, without a password.',
    );
  }
}

async function* cellText(file: string, entry: Entry): AsyncGenerator<string> {
  const name = nameOf(entry);
  if (!entry.canDecodeFileData()) {
    throw new WorkbookError(`Its part ${name} is packed in an unknown way. ${SAVE_AGAIN}`);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let checksum = 0;
  const zip = await openZipFile(file);
  try {
    // The stream fails as soon as it has more bytes than the archive states: no guard on sizes can be deceived.
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw workbookError(error, `Its part ${name} is damaged. ${SAVE_AGAIN}`);
  } finally {
    zip.close();
  }
  if (checksum !== entry.crc32) {
    throw new WorkbookError(`Its part ${name} is damaged: its checksum is not the stated one. ${SAVE_AGAIN}`);
  }
}
