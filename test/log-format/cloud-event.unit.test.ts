import { expect, test } from 'vitest';
import { readCloudEvent } from '../../src/log-format/read-cloud-event.js';
import { writeCloudEvent } from '../../src/log-format/write-cloud-event.js';
import { UnreadableEventError } from '../../src/log-format/unreadable-event-error.js';
import { registered } from './samples.js';

const whole = registered('zeeland', {
  appendedAt: '2020-01-01T12:00:01.000Z',
  causationId: '0190a000-0000-7000-8000-0000000000ff',
  idempotencyKey: 'key',
  requestDigest: 'digest',
  position: 17,
  revision: 0,
});

const changed = (change: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(writeCloudEvent(whole)) as object), ...change });

const refusalOf = (line: string): string => {
  try {
    readCloudEvent(line);
  } catch (error) {
    if (error instanceof UnreadableEventError) return error.message;
    throw error;
  }
  throw new Error('The line was accepted.');
};

test('what is written is read back as it was', () => {
  expect(readCloudEvent(writeCloudEvent(whole))).toEqual(whole);
  const bare = registered('zeeland');
  expect(readCloudEvent(writeCloudEvent(bare))).toEqual(bare);
});

test('an event is written in the JSON form of CloudEvents 1.0, without what it has not', () => {
  const { id } = whole;
  expect(JSON.parse(writeCloudEvent(whole))).toEqual({
    specversion: '1.0',
    id,
    source: 'urn:peildatum:log',
    type: 'nl.peildatum.RegionRegistered',
    subject: 'region-zeeland',
    time: '2020-01-01T12:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:peildatum:event:RegionRegistered:1',
    sequence: '17',
    revision: 0,
    recordedatstated: true,
    appendedat: '2020-01-01T12:00:01.000Z',
    actor: 'tester',
    correlationid: 'test',
    causationid: '0190a000-0000-7000-8000-0000000000ff',
    idempotencykey: 'key',
    requestdigest: 'digest',
    data: { key: 'zeeland', registeredOn: '2018-01-01', reason: null, evidence: [] },
  });
  expect(Object.keys(JSON.parse(writeCloudEvent(registered('zeeland'))) as object)).not.toContain('sequence');
});

test('every attribute has a name that CloudEvents allows', () => {
  for (const name of Object.keys(JSON.parse(writeCloudEvent(whole)) as object))
    expect(name).toMatch(/^[a-z0-9]{1,20}$/);
});

test('a time in any zone is read as the instant that it is', () => {
  expect(readCloudEvent(changed({ time: '2020-01-01T13:00:00.5+01:00' })).recordedAt).toBe('2020-01-01T12:00:00.500Z');
});

test('a null counts as an attribute that is not there', () => {
  expect(readCloudEvent(changed({ sequence: null, causationid: null }))).toMatchObject({
    position: null,
    causationId: null,
  });
});

test.each([
  [{ note: 'x' }, "Unknown attribute 'note'. Accepted are specversion, id, source, type,"],
  [{ specversion: '0.3' }, `Attribute 'specversion' is "0.3"; it must be '1.0'.`],
  [{ source: 'urn:elsewhere' }, `Attribute 'source' is "urn:elsewhere"; it must be 'urn:peildatum:log'.`],
  [{ type: 'nl.peildatum.RegionBuilt' }, `Attribute 'type' is "nl.peildatum.RegionBuilt"; it must be 'nl.peildatum.'`],
  [{ type: 'nl.peildatum.toString' }, `Attribute 'type' is "nl.peildatum.toString"`],
  [{ dataschema: 'urn:peildatum:event:RegionNamed:1' }, `it must be 'urn:peildatum:event:RegionRegistered:'`],
  [{ dataschema: 'urn:peildatum:event:RegionRegistered:01' }, `and the number of the schema's version`],
  [{ time: '2020-01-01T12:00:00' }, `Attribute 'time': '2020-01-01T12:00:00' is not an instant.`],
  [{ time: undefined }, `Attribute 'time' is missing. Either every line of a file states its time, or none does.`],
  [{ subject: '' }, `Attribute 'subject' is ""; it must be a text.`],
  [{ sequence: 17 }, `Attribute 'sequence' is 17; it must be a position in the log from 1 on as a decimal text`],
  [{ sequence: '0' }, `Attribute 'sequence' is "0"`],
  [{ sequence: '9007199254740993' }, `Attribute 'sequence' is "9007199254740993"`],
  [{ revision: -1 }, `Attribute 'revision' is -1; it must be a whole number from 0 on.`],
  [{ recordedatstated: 'yes' }, `Attribute 'recordedatstated' is "yes"; it must be true or false.`],
  [{ data: null }, `Attribute 'data' is missing`],
])('%j is refused, with what is accepted', (change, message) => {
  expect(refusalOf(changed(change))).toContain(message);
});

test('a line that is no JSON object is refused', () => {
  expect(refusalOf('{"specversion":')).toContain('The line is not JSON');
  expect(refusalOf('[]')).toContain('Each line must hold one JSON object');
  expect(refusalOf('null')).toContain('Each line must hold one JSON object');
});
