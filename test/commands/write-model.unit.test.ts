import { expect, test } from 'vitest';
import { newWriteModel } from '../../src/commands/write-model/builder.js';
import { evaluateRules } from '../../src/commands/rules/evaluate.js';
import { corrected, period, region, regionRetired, report, scale, stated, withdrawn } from './proposed-events.js';
import { past } from './past.js';

const zeeland = 'region-zeeland';

test('model know which events they were learned from', () => {
  const { model, record } = past(scale('vision', ['1', '2']), region('zeeland'));
  const statement = record(stated(zeeland, 'vision', '1'));
  const correction = record(corrected(zeeland, statement, 'vision', '2'));
  const withdrawal = record(withdrawn(zeeland, correction));
  for (const id of ['event-1', 'event-2', statement, correction, withdrawal]) expect(model.has(id)).toBe(true);
  expect(model.has('event-99')).toBe(false);
  expect(model.size()).toBe(5);
});

test('model on top of others see them, and leave them as they are', () => {
  const { model, record } = past(scale('vision', ['1', '2']), region('zeeland'), period('2020-10', '2020-11-01'));
  const statement = record(stated(zeeland, 'vision', '1'));
  const before = JSON.stringify([...(model.subject(zeeland)?.versionsByScale ?? [])]);

  const tried = newWriteModel(model);
  const apply = (id: string, proposed: Parameters<typeof evaluateRules>[1]) => {
    expect(evaluateRules(tried, proposed)).toBeNull();
    tried.apply({ ...proposed, id });
  };
  apply('try-1', region('drenthe'));
  apply('try-2', corrected(zeeland, statement, 'vision', '2'));
  apply('try-3', stated('region-drenthe', 'vision', '1'));
  apply('try-4', withdrawn(zeeland, 'try-2'));
  apply('try-5', regionRetired('zeeland', '2021-01-01'));
  apply('try-6', report('2021-01', '2020-10'));
  apply('try-7', scale('dynamics', ['1']));

  expect(tried.size()).toBe(model.size() + 7);
  expect(tried.has(statement)).toBe(true);
  expect(tried.version(statement)).toBeUndefined();
  expect(tried.end(statement)).toEqual({ by: 'CORRECTION', event: 'try-2' });
  expect(tried.end('try-2')).toEqual({ by: 'WITHDRAWAL', event: 'try-4' });
  expect(tried.subject(zeeland)?.lifetime.retiredOn).toBe('2021-01-01');
  expect(tried.hasReport('2021-01')).toBe(true);
  expect(tried.scale('dynamics')?.levels).toEqual(['1']);

  expect(JSON.stringify([...(model.subject(zeeland)?.versionsByScale ?? [])])).toBe(before);
  expect(model.subject('region-drenthe')).toBeUndefined();
  expect(model.version(statement)?.level).toBe('1');
  expect(model.end(statement)).toBeUndefined();
  expect(model.hasReport('2021-01')).toBe(false);
  expect(model.scale('dynamics')).toBeUndefined();
});

test('a correction keeps the rank of its statement among those of one date', () => {
  const { model, record } = past(scale('vision', ['1', '2', '3']), region('zeeland'));
  const first = record(stated(zeeland, 'vision', '1'));
  record(stated(zeeland, 'vision', '2'));
  record(corrected(zeeland, first, 'vision', '3'));
  expect(
    model
      .subject(zeeland)
      ?.versionsByScale.get('vision')
      ?.map(({ level }) => level),
  ).toEqual(['3', '2']);
});
