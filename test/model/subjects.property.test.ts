import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everRegistered, look, momentIn, requestIn } from './ask.js';
import type { Log } from './fold/log.js';
import { scalesAt } from './fold/scales.js';
import { history } from './histories/arbitrary.js';
import { cellDocuments, shownCell } from './questions/cell.js';
import { projectDocument, regionDocument, shownSubject } from './questions/subject.js';
import { patience, search } from './search.js';
import { TODAY, withHistory } from './with-api.js';

const subjectsOf = (log: Log) => [
  ...everRegistered(log, 'RegionRegistered').map((key) => ({ kind: 'REGION' as const, key })),
  ...everRegistered(log, 'ProjectRegistered').map((key) => ({ kind: 'PROJECT' as const, key })),
];

const reserved = {
  REGION: ['existence', 'name', 'care-office', 'parent'],
  PROJECT: ['existence', 'name', 'care-office', 'regions'],
};

describe('whatever happens, and at every date and position', { timeout: patience }, () => {
  it('a subject is what the fold says', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(look, { minLength: 4, maxLength: 4 }), (past, looks) =>
        withHistory(past, async (api, log) => {
          for (const { kind, key } of subjectsOf(log)) {
            for (const request of looks.map((each) => requestIn(log, each))) {
              const document = kind === 'REGION' ? regionDocument : projectDocument;
              expect(await api.ask(document, { key, at: request })).toEqual(
                shownSubject(log, kind, key, request, TODAY),
              );
            }
          }
        }),
      ),
      search(30),
    );
  });

  it('its status, timeline, changes and explanation on a scale are what the fold says', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(look, { minLength: 3, maxLength: 3 }), (past, looks) =>
        withHistory(past, async (api, log) => {
          for (const { kind, key } of subjectsOf(log)) {
            const defined = scalesAt(log, log.length).filter(({ subjectKind }) => subjectKind === kind);
            const scales = new Set([...reserved[kind], ...defined.map((scale) => scale.key)]);
            for (const scale of scales) {
              for (const look of looks) {
                const moment = momentIn(log, look);
                const answer = await api.ask(cellDocuments[kind], { key, scale, at: requestIn(log, look) });
                expect(answer).toEqual(shownCell(log, kind, key, scale, moment));
              }
            }
          }
        }),
      ),
      search(20),
    );
  });
});
