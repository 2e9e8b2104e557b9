import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { expect, it } from 'vitest';
import { startHost } from './apollo-suite-host.js';
import { deviate, undefinedDeviations } from './jest-globals/index.js';

// Whatever could keep an answer may guess for how long, unless it is told. Without the plugin that would tell it, ours are
// not to be kept at all.
const untold = 'An answer of which Apollo Server does not say how long it may be kept gets cache-control: no-store.';
deviate('runs when cache-control is disabled', untold);
deviate('cache-control not set without any hints with if-cacheable', untold);

defineIntegrationTestSuite(startHost);

it('Apollo has a test for each decision of ours against one', () => {
  expect(undefinedDeviations()).toEqual([]);
});
