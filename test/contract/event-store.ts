import { describe, it } from 'vitest';
import { appending } from './event-store/appending.js';
import { checkpoints } from './event-store/checkpoints.js';
import { finding } from './event-store/finding.js';
import { loading } from './event-store/loading.js';
import type { Engine, Example } from './event-store/log-under-test.js';
import { reading } from './event-store/reading.js';
import { refusedHistories } from './event-store/refused-histories.js';
import { requests } from './event-store/requests.js';
import { revisions } from './event-store/revisions.js';
import { times } from './event-store/times.js';
import { tree } from './event-store/tree.js';
import { watching } from './event-store/watching.js';

/** All that the port promises, example by example. */
export const eventStoreExamples: Readonly<Record<string, readonly Example[]>> = {
  appending,
  revisions,
  requests,
  times,
  loading,
  'refused histories': refusedHistories,
  reading,
  finding,
  watching,
  tree,
  checkpoints,
};

/** The suite that every engine passes, each example on a new log. */
export function eventStoreContract(name: string, engine: Engine): void {
  describe(`the event store on ${name}`, () => {
    for (const [topic, examples] of Object.entries(eventStoreExamples)) {
      describe(topic, () => {
        for (const example of examples) {
          it(example.name, async () => {
            const log = await engine.open();
            try {
              await example.run(log);
            } finally {
              await log.dispose();
            }
          });
        }
      });
    }
  });
}
