import { expect, test } from 'vitest';
import { readLines, UnreadableFileError, type Line, type LineOptions } from '../../src/log-format/read-lines.js';
import { temporaryFolder, written } from './samples.js';

async function all(lines: AsyncIterable<Line>): Promise<Line[]> {
  const collected: Line[] = [];
  for await (const line of lines) collected.push(line);
  return collected;
}

async function linesOf(content: string | Buffer, options?: LineOptions) {
  const file = await written(await temporaryFolder(), content);
  return all(readLines(file, options));
}

test('lines keep their number in the file, blank ones are left out', async () => {
  expect(await linesOf('one\n\n  \r\nfour\r\n')).toEqual([
    { number: 1, text: 'one', isUnterminated: false },
    { number: 4, text: 'four\r', isUnterminated: false },
  ]);
});

test('a byte order mark is no part of the first line', async () => {
  expect((await linesOf('\uFEFFone\n\uFEFFtwo\n')).map(({ text }) => text)).toEqual(['one', '\uFEFFtwo']);
});

test('a last line without an end is a line, and says so', async () => {
  expect(await linesOf('one\ntwo')).toEqual([
    { number: 1, text: 'one', isUnterminated: false },
    { number: 2, text: 'two', isUnterminated: true },
  ]);
});

test('an empty file has no lines', async () => {
  expect(await linesOf('')).toEqual([]);
});

test('lines and characters that lie across the parts in which a file is read come out whole', async () => {
  const long = 'é€😀'.repeat(30_000);
  expect((await linesOf(`${long}\nx${long}\n`)).map(({ text }) => text)).toEqual([long, `x${long}`]);
});

test('progress ends at the size of the file', async () => {
  const seen: number[] = [];
  await linesOf('x\n'.repeat(100_000), { onProgress: (bytes) => seen.push(bytes) });
  expect(seen.at(-1)).toBe(200_000);
  expect(seen.length).toBeGreaterThan(1);
});

test('a line that is too long is refused before it is held in memory', async () => {
  await expect(linesOf(`ok\n${'x'.repeat(101)}\n`, { maxLineBytes: 100 })).rejects.toMatchObject({
    name: 'UnreadableFileError',
    line: 2,
    message: 'The line is longer than 100 bytes.',
  });
});

test('a line that is not UTF-8 is refused', async () => {
  await expect(linesOf(Buffer.from('ok\ncaf\xe9\n', 'latin1'))).rejects.toMatchObject({
    line: 2,
    message: 'The line is not UTF-8 text.',
  });
});

test('a file that is not there, or is a folder, is refused in words', async () => {
  const folder = await temporaryFolder();
  await expect(all(readLines(`${folder}/none`))).rejects.toThrow('There is no such file.');
  await expect(all(readLines(folder))).rejects.toThrow('This is a directory, not a file.');
  await expect(all(readLines(folder))).rejects.toBeInstanceOf(UnreadableFileError);
});
