import { expect, it } from 'vitest';
import { endOfDay, todayIn } from '../../src/time/civil-date.js';

it.each([
  ['2021-01-15T22:59:59.999Z', '2021-01-15'],
  ['2021-01-15T23:00:00.000Z', '2021-01-16'],
  ['2021-07-15T21:59:59.999Z', '2021-07-15'],
  ['2021-07-15T22:00:00.000Z', '2021-07-16'],
])('at %s it is %s in Amsterdam', (instant, date) => {
  expect(todayIn('Europe/Amsterdam', new Date(instant))).toBe(date);
});

it.each([
  ['2021-01-15', '2021-01-15T22:59:59.999Z'],
  ['2021-07-15', '2021-07-15T21:59:59.999Z'],
  // The clock goes forward on the first, back on the second.
  ['2021-03-28', '2021-03-28T21:59:59.999Z'],
  ['2021-10-31', '2021-10-31T22:59:59.999Z'],
  ['2020-12-31', '2020-12-31T22:59:59.999Z'],
])('%s ends in Amsterdam at %s', (date, instant) => {
  expect(endOfDay(date, 'Europe/Amsterdam')).toBe(instant);
  expect(todayIn('Europe/Amsterdam', new Date(instant))).toBe(date);
  expect(todayIn('Europe/Amsterdam', new Date(Date.parse(instant) + 1))).not.toBe(date);
});
