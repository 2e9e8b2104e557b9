import { expect, test } from 'vitest';
import { scale, scaleRevised } from './candidates.js';
import { past } from './past.js';

const defined = () => past(scale('vision', ['1', '2', '3']));

test('a scale is defined once', () => {
  expect(defined().judge(scale('vision', ['1']))).toMatchObject({ code: 'ALREADY_DEFINED', field: 'key' });
});

test('of the reserved scales only care-office can be defined', () => {
  for (const key of ['existence', 'name', 'parent', 'regions']) {
    expect(past().judge(scale(key, ['1']))?.code).toBe('RESERVED_SCALE');
  }
  expect(past().judge(scale('care-office', ['cz']))).toBeNull();
});

test('the levels of a scale have different keys', () => {
  expect(past().judge(scale('vision', ['1', '2', '1']))).toMatchObject({
    code: 'DUPLICATE_LEVEL',
    message: "Scale 'vision' has level '1' twice; a key names one level.",
  });
  expect(defined().judge(scaleRevised('vision', ['1', '2', '3', '3']))?.code).toBe('DUPLICATE_LEVEL');
});

test('a revision may add levels, anywhere', () => {
  const history = defined();
  history.happen(scaleRevised('vision', ['0', '1', '2', '2a', '3', '4']));
  expect(history.facts.scale('vision')?.levels).toEqual(['0', '1', '2', '2a', '3', '4']);
});

test('a revision that drops a level is refused', () => {
  expect(defined().judge(scaleRevised('vision', ['1', '3', '4']))).toMatchObject({
    code: 'LEVEL_REMOVED',
    message: "Scale 'vision' keeps the levels it has; '2' is missing.",
  });
});

test('a revision that puts levels in another order is refused', () => {
  expect(defined().judge(scaleRevised('vision', ['1', '3', '2']))).toMatchObject({
    code: 'LEVELS_REORDERED',
    message: "Scale 'vision' keeps its levels in their order: 1, 2, 3.",
  });
});

test('levels that a revision added are kept by the next', () => {
  const history = defined();
  history.happen(scaleRevised('vision', ['1', '2', '3', '4']));
  expect(history.judge(scaleRevised('vision', ['1', '2', '3']))?.code).toBe('LEVEL_REMOVED');
});

test('what is not defined cannot be revised', () => {
  expect(past().judge(scaleRevised('vision', ['1']))).toMatchObject({ code: 'UNKNOWN_SCALE', field: 'key' });
});
