import { expect, test } from 'vitest';
import { register } from '../../src/cli/commands/load.js';
import { runProgram } from '../../src/cli/program.js';
import { lines, named, registered, temporaryFolder, written } from '../log-format/samples.js';

async function load(folder: string, file: string) {
  const written = { stdout: '', stderr: '' };
  const stdout = { write: (text: string) => (written.stdout += text) };
  const stderr = { write: (text: string) => (written.stderr += text) };
  const code = await runProgram({ args: ['load', file], env: { DATA_DIR: folder }, stdout, stderr }, [register]);
  return { code, ...written };
}

test('it says what was loaded, and is silent besides', async () => {
  const folder = await temporaryFolder();
  const file = await written(folder, lines(registered('zeeland')));
  expect(await load(folder, file)).toEqual({ code: 0, stdout: `Loaded 1 event from ${file}.\n`, stderr: '' });
});

test('it says what the log held already', async () => {
  const folder = await temporaryFolder();
  const history = [registered('zeeland'), named('zeeland', 'Zeeland')];
  const file = await written(folder, lines(...history.slice(0, 1)));
  await load(folder, file);
  await written(folder, lines(...history));
  expect((await load(folder, file)).stdout).toBe(`Loaded 1 event from ${file}; the log held 1 event of it already.\n`);
  expect((await load(folder, file)).stdout).toBe(
    `The log holds everything in ${file} already (2 events); nothing was loaded.\n`,
  );
});

test('it says that a file is empty', async () => {
  const folder = await temporaryFolder();
  const file = await written(folder, '');
  expect((await load(folder, file)).stdout).toBe(`${file} holds no events; nothing was loaded.\n`);
});

test('a file that is refused ends it with its line and code 1', async () => {
  const folder = await temporaryFolder();
  const file = await written(folder, `${lines(registered('zeeland'))}{}\n`);
  expect(await load(folder, file)).toEqual({
    code: 1,
    stdout: '',
    stderr: `${file}:2: Attribute 'specversion' is missing; it must be '1.0'.\n`,
  });
});
