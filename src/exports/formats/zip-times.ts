const END_OF_DIRECTORY = 0x06054b50;
const END_SIZE_BYTES = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const ENTRY_SIZE_BYTES = 46;

/** The first time that a zip file can hold, midnight on 1 January 1980: time 0; then year 0, month 1, day 1. */
const EPOCH = 0x0021_0000;

/**
 * Sets the time of every file of a zip archive to the same value, in place, so that the same contents always give the same
 * bytes. The archive must have no comment, less than 65,536 files and less than 4 GB.
 */
export const fixZipTimes = (zip: Buffer): Buffer => {
  const end = zip.length - END_SIZE_BYTES;
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('Not a zip archive without a comment.');
  const entries = zip.readUInt16LE(end + 10);
  let entry = zip.readUInt32LE(end + 16);
  for (let index = 0; index < entries; index += 1) {
    if (zip.readUInt32LE(entry) !== DIRECTORY_ENTRY) throw new Error('The directory of the zip archive is broken.');
    const file = zip.readUInt32LE(entry + 42);
    zip.writeUInt32LE(EPOCH, entry + 12);
    zip.writeUInt32LE(EPOCH, file + 10);
    entry +=
      ENTRY_SIZE_BYTES + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return zip;
};
