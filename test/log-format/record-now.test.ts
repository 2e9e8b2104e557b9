import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EventStore, HistoricEvent } from '../../src/event-store/port.js';
import { writeCloudEvent } from '../../src/log-format/write-cloud-event.js';
import { LoadRefusedError } from '../../src/log-format/load-refused-error.js';
import { loadFile } from '../../src/log-format/load-file.js';
import { openTestApi } from '../support/test-api.js';
import { event, lines, named, newId, registered, temporaryFolder, written } from './samples.js';
import { temporaryLog } from './temporary-log.js';

const undated = (...events: readonly HistoricEvent[]): string =>
  events
    .map((each) => {
      const { time: _, recordedatstated: __, ...line } = JSON.parse(writeCloudEvent(each)) as Record<string, unknown>;
      return `${JSON.stringify(line)}\n`;
    })
    .join('');

/** A log in use: it holds an event that was recorded live. */
async function logInUse(folder: string): Promise<EventStore> {
  const log = await temporaryLog(folder);
  await log.load([registered('drenthe')]);
  const { id, stream, type, schemaVersion, actor, correlationId, causationId, data } = named('drenthe', 'Drenthe');
  await log.append({ events: [{ id, stream, type, schemaVersion, actor, correlationId, causationId, data }] });
  return log;
}

async function loading(content: string, prepare?: (log: EventStore) => EventStore) {
  const folder = await temporaryFolder();
  const log = await logInUse(folder);
  const file = await written(folder, content);
  const load = () => loadFile({ file, log: prepare ? prepare(log) : log });
  return { log, file, load };
}

async function refusalOf(content: string) {
  const { log, file, load } = await loading(content);
  const before = await log.head();
  const error: unknown = await load().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LoadRefusedError);
  expect(await log.head()).toEqual(before);
  return (error as LoadRefusedError).message.slice(file.length);
}

test('events that state no time are recorded now on a log in use, in their order, and once', async () => {
  const history = [registered('zeeland'), named('zeeland', 'Zeeland')];
  const { log, load } = await loading(undated(...history));
  expect(await load()).toEqual({ loaded: 2, present: 0 });
  const recorded = await log.readAll(2, 10);
  expect(recorded.map(({ id, revision }) => [id, revision])).toEqual(history.map(({ id }, index) => [id, index]));
  for (const each of recorded) {
    expect(each).toMatchObject({ recordedAtStated: false, actor: 'tester', correlationId: 'test' });
    expect(each.recordedAt).toBe(each.appendedAt);
    expect(Date.now() - Date.parse(each.recordedAt)).toBeLessThan(60_000);
  }
  expect(await load()).toEqual({ loaded: 0, present: 2 });
  expect((await log.head()).position).toBe(4);
});

test('a file that was extended records the rest, and a line that stands in it twice counts once', async () => {
  const folder = await temporaryFolder();
  const log = await logInUse(folder);
  const zeeland = registered('zeeland');
  await loadFile({ file: await written(folder, undated(zeeland)), log });
  const file = await written(folder, undated(zeeland, registered('twente'), zeeland));
  expect(await loadFile({ file, log })).toEqual({ loaded: 1, present: 2 });
});

test('one event that history does not allow keeps all others out', async () => {
  expect(await refusalOf(undated(registered('zeeland'), registered('drenthe')))).toBe(
    ":2: Region 'drenthe' was registered before; a key is registered once. (ALREADY_REGISTERED, key)",
  );
});

test('the events of the file count for the rules of those after them', async () => {
  expect(await refusalOf(undated(registered('zeeland'), registered('zeeland')))).toMatch(/^:2: .*ALREADY_REGISTERED/);
});

test('either every line of a file states its time, or none does', async () => {
  const zeeland = registered('zeeland');
  expect(await refusalOf(undated(zeeland) + lines(registered('twente')))).toBe(
    `:2: Attribute 'time' is "2020-01-01T12:00:00.000Z", but the first line of the file states none. ` +
      `Either every line of a file states its time, or none does.`,
  );
  const log = await temporaryLog(await temporaryFolder());
  const file = await written(await temporaryFolder(), lines(zeeland) + undated(registered('twente')));
  await expect(loadFile({ file, log })).rejects.toThrow(
    `${file}:2: Attribute 'time' is missing. Either every line of a file states its time, or none does.`,
  );
  expect((await log.head()).position).toBe(0);
});

test.each(['sequence', 'revision', 'recordedatstated', 'appendedat', 'idempotencykey', 'requestdigest'])(
  'a line that states no time and yet its %s is refused',
  async (name) => {
    const line = JSON.stringify({ ...(JSON.parse(undated(registered('zeeland'))) as object), [name]: '1' });
    expect(await refusalOf(`${line}\n`)).toBe(
      `:1: Attribute '${name}' goes with a stated 'time'. Without one the event is recorded now, and the log gives it that.`,
    );
  },
);

test('an event that the log holds with another content is refused', async () => {
  const id = newId();
  const { log, load } = await loading(undated(registered('zeeland', { id }), registered('twente', { id })));
  await expect(load()).rejects.toThrow(`:2: There is an event ${id} already, and it says something else.`);
  expect((await log.head()).position).toBe(2);
});

test('an event that the log could not keep is refused with its line', async () => {
  expect(await refusalOf(undated(registered('zeeland'), registered('twente', { id: 'one' })))).toMatch(
    /^:2: The id of an event must be a UUIDv7/,
  );
});

test('what does more than its event says is left to its mutation', async () => {
  const published = event('period-x', 'PeriodPublished', { period: 'x', referenceDate: '2020-01-01', cells: [] });
  expect(await refusalOf(undated(published))).toBe(
    ':1: PeriodPublished is not recorded from a file: use mutation publishPeriod, which counts the cells that the publication keeps.',
  );
});

test('stated history on a log in use is refused, and told how to be recorded now', async () => {
  expect(await refusalOf(lines(registered('zeeland')))).toMatch(
    /^:1: The log holds live events already .*To record the events of the file now instead, leave out 'time'/,
  );
});

test('what came in between is taken into account', async () => {
  let intruded = false;
  const { load } = await loading(undated(registered('zeeland')), (log) => ({
    ...log,
    async append(append) {
      if (!intruded) {
        intruded = true;
        await log.append({ events: [registered('zeeland')] });
      }
      return log.append(append);
    },
  }));
  await expect(load()).rejects.toThrow('ALREADY_REGISTERED');
});

test('a log that never rests is given up on', async () => {
  let made = 0;
  const { load } = await loading(undated(registered('zeeland')), (log) => ({
    ...log,
    async append(append) {
      await log.append({ events: [registered(`busy-${(made += 1)}`)] });
      return log.append(append);
    },
  }));
  await expect(load()).rejects.toThrow('Others recorded faster than the file could be judged, 16 times.');
});

test('the report and the other lines of the manual can be recorded on an installation in use, and answer', async () => {
  const manual = readFileSync('docs/formulas.md', 'utf8');
  const blocks = [...manual.matchAll(/```ndjson\n([^]*?)```/g)].map(([, block = '']) => block);
  expect(blocks).toHaveLength(2);
  const api = await openTestApi({ history: 'SHIPPED' });
  try {
    await api.append([registered('in-use')]);
    const file = await written(await temporaryFolder(), blocks.join(''));
    expect(await loadFile({ file, log: api.log })).toEqual({ loaded: 5, present: 0 });
    await api.settled();
    expect(
      await api.ask(`{
        report(key: "2021-07") {
          tables { cells { published rebuilt verdict } }
          claims { verdict }
        }
      }`),
    ).toEqual({
      report: {
        tables: [
          {
            cells: [
              { published: 244, rebuilt: 244, verdict: 'MATCH' },
              { published: 76.7, rebuilt: 76.7, verdict: 'MATCH' },
            ],
          },
        ],
        claims: [{ verdict: 'HOLDS' }],
      },
    });
  } finally {
    await api.close();
  }
});
