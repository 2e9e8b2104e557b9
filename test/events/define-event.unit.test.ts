import { Type } from 'typebox';
import { expect, expectTypeOf, test } from 'vitest';
import { decodeContent, missedHome, statementChange, type DomainEvent } from '../../events/domain-event.js';
import { defineEvent } from '../../events/define-event.js';
import { currentVersion, eventDefinitions, eventTypeNames, type EventData } from '../../events/event-types.js';
import { oneStream } from '../../events/home-stream.js';
import { firstVersion, nextVersion } from '../../events/schema-versions.js';

const V1 = Type.Object({ name: Type.String() });
const V2 = Type.Object({ name: Type.String(), size: Type.Number() });
const V3 = Type.Object({ title: Type.String(), size: Type.Number() });
const common = { meaning: 'Something happened.', home: oneStream('somewhere') };

test('data of any version is led through the upcasters to the current one', () => {
  const definition = defineEvent('SomethingHappened', {
    ...common,
    versions: nextVersion(
      nextVersion(firstVersion(V1), V2, (v1) => ({ ...v1, size: v1.name.length })),
      V3,
      ({ name, size }) => ({ title: name, size }),
    ),
  });
  expect(definition.upcast(1, { name: 'four' })).toEqual({ title: 'four', size: 4 });
  expect(definition.upcast(2, { name: 'four', size: 9 })).toEqual({ title: 'four', size: 9 });
  expect(definition.upcast(3, { title: 'four', size: 9 })).toEqual({ title: 'four', size: 9 });
  expectTypeOf(definition.upcast).returns.toEqualTypeOf<{ title: string; size: number }>();
});

test('the compiler asks for one upcaster between each two versions', () => {
  // @ts-expect-error: no upcaster leads from version 1 to version 2
  nextVersion(firstVersion(V1), V2);
  // @ts-expect-error: the upcaster does not return data of version 2
  const { schemas } = nextVersion(firstVersion(V1), V2, (v1) => v1);
  expect(schemas).toEqual([V1, V2]);
});

test('the union of events follows from the definitions', () => {
  expectTypeOf<EventData['MilestoneRecorded']['precision']>().toEqualTypeOf<'YEAR' | 'SEASON' | 'MONTH' | 'DAY'>();
  expectTypeOf<DomainEvent<'StatusWithdrawn'>['data']>().toEqualTypeOf<{ withdraws: string; reason: string }>();
  for (const type of eventTypeNames) expect(eventDefinitions[type].type).toBe(type);
  expect(currentVersion('MilestoneRecorded')).toBe(2);
});

test('an event of an older version is decoded into the current one', () => {
  const data = { on: '2020-04', text: 'Begin', evidence: [] };
  expect(decodeContent({ type: 'MilestoneRecorded', schemaVersion: 1, data })).toEqual({
    type: 'MilestoneRecorded',
    data: { ...data, precision: 'MONTH' },
  });
});

test.each([
  ['NothingSuch', 1, "Unknown event type 'NothingSuch'."],
  ['toString', 1, "Unknown event type 'toString'."],
  ['ScaleDefined', 2, 'ScaleDefined has versions 1 to 1, not 2.'],
  ['ScaleDefined', 0.5, 'ScaleDefined has versions 1 to 1, not 0.5.'],
])('an event of type %s and version %s is not decoded', (type, schemaVersion, message) => {
  expect(() => decodeContent({ type, schemaVersion, data: {} })).toThrow(message);
});

test('an event has a home, and one about statements says what it changes', () => {
  const named = {
    type: 'RegionNamed',
    data: { name: 'Zeeland', effectiveOn: '2019-01-01', reason: null, evidence: [] },
  } as const;
  expect(missedHome({ ...named, data: { ...named.data, evidence: [] }, stream: 'region-zeeland' })).toBeNull();
  expect(missedHome({ ...named, data: { ...named.data, evidence: [] }, stream: 'project-p' })).toBe("'region-<key>'");
  expect(statementChange({ ...named, data: { ...named.data, evidence: [] } })).toMatchObject({
    kind: 'STATED',
    content: { scale: 'name', level: 'Zeeland', effectiveOn: '2019-01-01', basis: 'OBSERVED' },
  });
  expect(statementChange({ type: 'ProjectSummarised', data: { summary: 'Care.', evidence: [] } })).toBeNull();
});
