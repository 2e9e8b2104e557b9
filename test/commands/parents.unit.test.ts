import { expect, test } from 'vitest';
import { corrected, region, stated, withdrawn } from './proposed-events.js';
import { past } from './past.js';

const world = () => past(region('a'), region('b'), region('c'));

const below = (child: string, parent: string, on = '2018-01-01') => stated(`region-${child}`, 'parent', parent, on);

test('a region is not its own parent', () => {
  expect(world().refusalOf(below('a', 'a'))).toEqual({
    code: 'PARENT_CYCLE',
    field: 'level',
    message: "Region 'a' would come to be below itself, by way of 'a' from 2018-01-01 on.",
  });
});

test('a region is not below itself by way of others', () => {
  const history = world();
  history.record(below('b', 'a'));
  history.record(below('c', 'b'));
  expect(history.refusalOf(below('a', 'c'))?.code).toBe('PARENT_CYCLE');
  expect(history.refusalOf(below('a', 'b', '2030-01-01'))?.code).toBe('PARENT_CYCLE');
});

test('two regions may change places over time', () => {
  const history = world();
  history.record(below('a', 'b', '2018-01-01'));
  history.record(below('a', 'c', '2020-01-01'));
  expect(history.refusalOf(below('b', 'a', '2020-01-01'))).toBeNull();
  expect(history.refusalOf(below('b', 'a', '2019-12-31'))?.code).toBe('PARENT_CYCLE');
});

test('a later move does not excuse a circle before it', () => {
  const history = world();
  history.record(below('b', 'a', '2018-01-01'));
  history.record(below('b', 'c', '2019-01-01'));
  expect(history.refusalOf(below('a', 'b', '2018-06-01'))?.code).toBe('PARENT_CYCLE');
  expect(history.refusalOf(below('a', 'b', '2019-01-01'))).toBeNull();
});

test('removing or moving a statement may not close a circle that it kept open', () => {
  const history = world();
  history.record(below('a', 'b', '2018-01-01'));
  const away = history.record(below('a', 'c', '2020-01-01'));
  history.record(below('b', 'a', '2020-01-01'));
  expect(history.refusalOf(withdrawn('region-a', away))).toMatchObject({ code: 'PARENT_CYCLE', field: 'withdraws' });
  expect(history.refusalOf(corrected('region-a', away, 'parent', 'c', '2020-01-02'))?.code).toBe('PARENT_CYCLE');
  expect(history.refusalOf(corrected('region-a', away, 'parent', 'b', '2020-01-01'))?.code).toBe('PARENT_CYCLE');
  expect(history.refusalOf(corrected('region-a', away, 'parent', 'c', '2019-01-01'))).toBeNull();
});

test('of two parents from one date the later one counts', () => {
  const history = world();
  history.record(below('a', 'b'));
  history.record(below('a', 'c'));
  expect(history.refusalOf(below('b', 'a'))).toBeNull();
  expect(history.refusalOf(below('c', 'a'))?.code).toBe('PARENT_CYCLE');
});
