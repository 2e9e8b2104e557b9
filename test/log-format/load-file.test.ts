import { expect, test } from 'vitest';
import { ExpectedError } from '../../events/errors/expected-error.js';
import type { EventStore } from '../../src/event-store/port.js';
import { LoadRefusedError } from '../../src/log-format/load-refused-error.js';
import { loadFile } from '../../src/log-format/load-file.js';
import { event, lines, named, newId, registered, temporaryFolder, written } from './samples.js';
import { temporaryLog } from './temporary-log.js';

async function refusalOf(content: string, prepare: (log: EventStore) => Promise<unknown> = async () => {}) {
  const folder = await temporaryFolder();
  const file = await written(folder, content);
  const log = await temporaryLog(folder);
  await prepare(log);
  const before = await log.head();
  const error: unknown = await loadFile({ file, log }).then(
    () => null,
    (reason: unknown) => reason,
  );
  // Whatever is wrong, wherever: nothing is loaded.
  expect(await log.head()).toEqual(before);
  expect(error).toBeInstanceOf(LoadRefusedError);
  expect(error).toBeInstanceOf(ExpectedError);
  const { line, message } = error as LoadRefusedError;
  expect(message.startsWith(`${file}:`)).toBe(true);
  return { line, message: message.slice(file.length) };
}

const good = lines(registered('drenthe'), named('drenthe', 'Drenthe'));

test('a history is loaded in its order', async () => {
  const folder = await temporaryFolder();
  const log = await temporaryLog(folder);
  const history = [registered('zeeland'), named('zeeland', 'Zeeland'), registered('twente')];
  expect(await loadFile({ file: await written(folder, lines(...history)), log })).toEqual({ loaded: 3, present: 0 });
  expect((await log.readAll(0, 10)).map(({ id }) => id)).toEqual(history.map(({ id }) => id));
});

test('malformed JSON is refused with its line', async () => {
  const { line, message } = await refusalOf(`${good}\n{"specversion": 1.0,}\n${good}`);
  expect(line).toBe(4);
  expect(message).toMatch(/^:4: The line is not JSON \(.+\)\. Each line must hold one event as a JSON object\.$/);
});

test('a last line that was cut off is refused, and said to be', async () => {
  const { line, message } = await refusalOf((good + lines(registered('twente'))).slice(0, -20));
  expect(line).toBe(3);
  expect(message).toContain('The file ends in this line, so it may have been cut off.');
});

test('an unknown attribute is refused', async () => {
  const { message } = await refusalOf(good + lines(registered('twente')).replace('{', '{"colour":"red",'));
  expect(message).toMatch(/^:3: Unknown attribute 'colour'\. Accepted are specversion, /);
});

test('an unknown type of event is refused with the types there are', async () => {
  const { message } = await refusalOf(good + lines(registered('twente')).replaceAll('RegionRegistered', 'RegionBuilt'));
  expect(message).toContain(
    `:3: Attribute 'type' is "nl.peildatum.RegionBuilt"; it must be 'nl.peildatum.' and one of`,
  );
});

test('an unknown version of a type is refused with the versions there are', async () => {
  const { message } = await refusalOf(good + lines(registered('twente', { schemaVersion: 9 })));
  expect(message).toBe(':3: RegionRegistered has versions 1 to 1, not 9.');
});

test('data that its schema does not allow are refused', async () => {
  const { message } = await refusalOf(good + lines(registered('twente')).replace('2018-01-01', '2018-02-30'));
  expect(message).toBe(':3: RegionRegistered version 1: data.registeredOn must match format "civil-date".');
});

test('an event that history does not allow is refused by the rule', async () => {
  const { message } = await refusalOf(good + lines(registered('drenthe')));
  expect(message).toBe(
    ":3: Region 'drenthe' was registered before; a key is registered once. (ALREADY_REGISTERED, key)",
  );
});

test('the events in the log count for the rules', async () => {
  const { message } = await refusalOf(lines(registered('drenthe')), (log) => log.load([registered('drenthe')]));
  expect(message).toContain('ALREADY_REGISTERED');
});

test('time that goes back is refused', async () => {
  const { line, message } = await refusalOf(
    good + lines(registered('twente', { recordedAt: '2019-12-31T23:59:59.999Z' })),
  );
  expect(line).toBe(3);
  expect(message).toContain('was recorded at 2019-12-31T23:59:59.999Z, before its predecessor');
});

test('time to come is refused', async () => {
  expect((await refusalOf(lines(registered('twente', { recordedAt: '9000-01-01T00:00:00.000Z' })))).message).toContain(
    "which is later than this machine's clock",
  );
});

test('an id that is no UUIDv7 is refused', async () => {
  expect((await refusalOf(good + lines(registered('twente', { id: 'one' })))).message).toMatch(
    /^:3: The id of an event must be a UUIDv7/,
  );
});

test('an event that the log holds with another content is refused', async () => {
  const id = newId();
  const { line, message } = await refusalOf(good + lines(registered('twente', { id })), (log) =>
    log.load([registered('zeeland', { id })]),
  );
  expect(line).toBe(3);
  expect(message).toContain('it says something else');
});

test('a file that cannot be read is refused', async () => {
  const folder = await temporaryFolder();
  const loading = loadFile({ file: `${folder}/none.ndjson`, log: await temporaryLog(folder) });
  await expect(loading).rejects.toThrow(new LoadRefusedError(`${folder}/none.ndjson`, null, 'There is no such file.'));
});

test('an empty file loads nothing', async () => {
  const folder = await temporaryFolder();
  const log = await temporaryLog(folder);
  expect(await loadFile({ file: await written(folder, ''), log })).toEqual({ loaded: 0, present: 0 });
  expect(await loadFile({ file: await written(folder, '\uFEFF\n\r\n'), log })).toEqual({ loaded: 0, present: 0 });
});

test('loading a file again loads nothing more', async () => {
  const folder = await temporaryFolder();
  const log = await temporaryLog(folder);
  const file = await written(folder, good);
  await loadFile({ file, log });
  expect(await loadFile({ file, log })).toEqual({ loaded: 0, present: 2 });
  expect((await log.head()).position).toBe(2);
});

test('a file that was extended loads the rest', async () => {
  const folder = await temporaryFolder();
  const log = await temporaryLog(folder);
  await loadFile({ file: await written(folder, good), log });
  const file = await written(folder, good + lines(registered('twente'), named('drenthe', 'Provincie Drenthe')));
  expect(await loadFile({ file, log })).toEqual({ loaded: 2, present: 2 });
});

test('a line that stands in a file twice counts once', async () => {
  const folder = await temporaryFolder();
  const log = await temporaryLog(folder);
  expect(await loadFile({ file: await written(folder, good + good), log })).toEqual({ loaded: 2, present: 2 });
});

test('history of an older schema version is loaded as it is', async () => {
  const folder = await temporaryFolder();
  const log = await temporaryLog(folder);
  const old = event('programme', 'MilestoneRecorded', { on: '2017', text: 'Begin', evidence: [] });
  await loadFile({ file: await written(folder, lines(old)), log });
  expect(await log.byIds([old.id])).toMatchObject([{ schemaVersion: 1, data: old.data }]);
});
