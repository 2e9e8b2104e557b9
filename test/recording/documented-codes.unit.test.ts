import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refusalCodes } from '../../src/commands/refusal.js';

const page = readFileSync(new URL('../../docs/recording.md', import.meta.url), 'utf8');

it.each(refusalCodes)('the code %s is explained in docs/recording.md', (code) => {
  expect(page).toContain(`| \`${code}\` |`);
});
