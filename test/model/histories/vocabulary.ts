import type { Basis, Evidence, Label } from '../../../events/primitives.js';
import type { Level } from '../../../events/scales.js';

/** Few of everything, so that generated histories meet the same dates, levels and keys again and again. */

export const dates = [
  '2019-01-01',
  '2019-03-31',
  '2019-10-31',
  '2020-02-28',
  '2020-02-29',
  '2020-03-01',
  '2020-03-31',
  '2020-11-01',
  '2021-01-01',
  '2021-12-31',
] as const;

/** The days on which to ask: those, and days around and between them. */
export const askedDates: readonly string[] = [
  '2018-12-31',
  ...dates,
  '2019-06-15',
  '2020-10-31',
  '2021-06-01',
  '2022-06-01',
];

export const bases: readonly Basis[] = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'];

export const evidences: readonly (readonly Evidence[])[] = [
  [],
  [{ title: 'Report', locator: 'table 1', url: null }],
  [
    { title: 'Minutes', locator: null, url: 'https://example.org/minutes' },
    { title: 'Report', locator: 'annex 1', url: null },
  ],
];

export const names: readonly string[] = ['Noord', 'noordoost', 'Zuid', 'Zuid-West', 'ÉÉN'];

export const label = (text: string): Label => ({ nl: text, en: text === 'Noord' ? null : `${text} (en)` });

export const level = (key: string, text = `niveau ${key}`): Level => ({ key, label: label(text), definition: null });

export const organisationKeys: readonly string[] = ['alfa', 'beta', 'gamma'];
export const regionKeys: readonly string[] = ['r1', 'r2', 'r3', 'r4', 'r5'];
export const projectKeys: readonly string[] = ['p1', 'p2', 'p3'];

export const actors: readonly string[] = ['anna', 'bas'];
