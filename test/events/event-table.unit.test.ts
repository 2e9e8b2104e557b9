import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventTable } from '../../scripts/event-table.js';

test('docs/events.md lists every type of event as it is defined', () => {
  const text = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
  expect(text).toContain(`\n\n${eventTable()}\n\n`);
});
