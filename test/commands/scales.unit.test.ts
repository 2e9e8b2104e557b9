import { expect, test } from 'vitest';
import { scale, scaleRevised } from './proposed-events.js';
import { past } from './past.js';

const defined = () => past(scale('vision', ['1', '2', '3']));

test('a scale is defined once', () => {
  expect(defined().refusalOf(scale('vision', ['1']))).toMatchObject({ code: 'ALREADY_DEFINED', field: 'key' });
});

test('of the reserved scales only care-office can be defined', () => {
  for (const key of ['existence', 'name', 'parent', 'regions']) {
    expect(past().refusalOf(scale(key, ['1']))?.code).toBe('RESERVED_SCALE');
  }
  expect(past().refusalOf(scale('care-office', ['cz']))).toBeNull();
});

test('the levels of a scale have different keys', () => {
  expect(past().refusalOf(scale('vision', ['1', '2', '1']))).toMatchObject({
    code: 'DUPLICATE_LEVEL',
    message: "Scale 'vision' has level '1' twice; a key names one level.",
  });
  expect(defined().refusalOf(scaleRevised('vision', ['1', '2', '3', '3']))?.code).toBe('DUPLICATE_LEVEL');
});

test('a revision may add levels, anywhere', () => {
  const history = defined();
  history.record(scaleRevised('vision', ['0', '1', '2', '2a', '3', '4']));
  expect(history.model.scale('vision')?.levels).toEqual(['0', '1', '2', '2a', '3', '4']);
});

test('a revision that drops a level is refused', () => {
  expect(defined().refusalOf(scaleRevised('vision', ['1', '3', '4']))).toMatchObject({
    code: 'LEVEL_REMOVED',
    message: "Scale 'vision' keeps the levels it has; '2' is missing.",
  });
});

test('a revision that puts levels in another order is refused', () => {
  expect(defined().refusalOf(scaleRevised('vision', ['1', '3', '2']))).toMatchObject({
    code: 'LEVELS_REORDERED',
    message: "Scale 'vision' keeps its levels in their order: 1, 2, 3.",
  });
});

test('levels that a revision added are kept by the next', () => {
  const history = defined();
  history.record(scaleRevised('vision', ['1', '2', '3', '4']));
  expect(history.refusalOf(scaleRevised('vision', ['1', '2', '3']))?.code).toBe('LEVEL_REMOVED');
});

test('what is not defined cannot be revised', () => {
  expect(past().refusalOf(scaleRevised('vision', ['1']))).toMatchObject({ code: 'UNKNOWN_SCALE', field: 'key' });
});
