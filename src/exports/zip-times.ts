const END_OF_DIRECTORY = 0x06054b50;
const END_SIZE = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;

/** Midnight on 1 January 1980, where the calendar of zip files begins: time 0, then year 0, month 1, day 1. */
const EPOCH = 0x0021_0000;

/**
 * Gives every file of a zip archive the same time, in place, so that the same contents are the same bytes whenever they are
 * packed. For archives without a comment, of less than 65,536 files and 4 GB.
 */
export const fixZipTimes = (zip: Buffer): Buffer => {
  const end = zip.length - END_SIZE;
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('Not a zip archive without a comment.');
  const entries = zip.readUInt16LE(end + 10);
  let entry = zip.readUInt32LE(end + 16);
  for (let index = 0; index < entries; index += 1) {
    if (zip.readUInt32LE(entry) !== DIRECTORY_ENTRY) throw new Error('The directory of the zip archive is broken.');
    const file = zip.readUInt32LE(entry + 42);
    zip.writeUInt32LE(EPOCH, entry + 12);
    zip.writeUInt32LE(EPOCH, file + 10);
    entry += ENTRY_SIZE + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return zip;
};
