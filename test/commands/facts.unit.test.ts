import { expect, test } from 'vitest';
import { newFacts } from '../../src/commands/facts/learning.js';
import { refusal } from '../../src/commands/rules.js';
import { corrected, period, region, regionRetired, report, scale, stated, withdrawn } from './candidates.js';
import { past } from './past.js';

const zeeland = 'region-zeeland';

test('facts know which events they were learned from', () => {
  const { facts, happen } = past(scale('vision', ['1', '2']), region('zeeland'));
  const statement = happen(stated(zeeland, 'vision', '1'));
  const correction = happen(corrected(zeeland, statement, 'vision', '2'));
  const withdrawal = happen(withdrawn(zeeland, correction));
  for (const id of ['event-1', 'event-2', statement, correction, withdrawal]) expect(facts.has(id)).toBe(true);
  expect(facts.has('event-99')).toBe(false);
  expect(facts.size()).toBe(5);
});

test('facts on top of others see them, and leave them as they are', () => {
  const { facts, happen } = past(scale('vision', ['1', '2']), region('zeeland'), period('2020-10', '2020-11-01'));
  const statement = happen(stated(zeeland, 'vision', '1'));
  const before = JSON.stringify([...(facts.subject(zeeland)?.cells ?? [])]);

  const tried = newFacts(facts);
  const learn = (id: string, candidate: Parameters<typeof refusal>[1]) => {
    expect(refusal(tried, candidate)).toBeNull();
    tried.learn({ ...candidate, id });
  };
  learn('try-1', region('drenthe'));
  learn('try-2', corrected(zeeland, statement, 'vision', '2'));
  learn('try-3', stated('region-drenthe', 'vision', '1'));
  learn('try-4', withdrawn(zeeland, 'try-2'));
  learn('try-5', regionRetired('zeeland', '2021-01-01'));
  learn('try-6', report('2021-01', '2020-10'));
  learn('try-7', scale('dynamics', ['1']));

  expect(tried.size()).toBe(facts.size() + 7);
  expect(tried.has(statement)).toBe(true);
  expect(tried.version(statement)).toBeUndefined();
  expect(tried.end(statement)).toEqual({ by: 'CORRECTION', event: 'try-2' });
  expect(tried.end('try-2')).toEqual({ by: 'WITHDRAWAL', event: 'try-4' });
  expect(tried.subject(zeeland)?.lifetime.retiredOn).toBe('2021-01-01');
  expect(tried.hasReport('2021-01')).toBe(true);
  expect(tried.scale('dynamics')?.levels).toEqual(['1']);

  expect(JSON.stringify([...(facts.subject(zeeland)?.cells ?? [])])).toBe(before);
  expect(facts.subject('region-drenthe')).toBeUndefined();
  expect(facts.version(statement)?.level).toBe('1');
  expect(facts.end(statement)).toBeUndefined();
  expect(facts.hasReport('2021-01')).toBe(false);
  expect(facts.scale('dynamics')).toBeUndefined();
});

test('a correction keeps the rank of its statement among those of one date', () => {
  const { facts, happen } = past(scale('vision', ['1', '2', '3']), region('zeeland'));
  const first = happen(stated(zeeland, 'vision', '1'));
  happen(stated(zeeland, 'vision', '2'));
  happen(corrected(zeeland, first, 'vision', '3'));
  expect(
    facts
      .subject(zeeland)
      ?.cells.get('vision')
      ?.map(({ level }) => level),
  ).toEqual(['3', '2']);
});
