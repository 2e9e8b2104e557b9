import type { TestApi } from '../../support/test-api.js';
import { everRegistered } from '../ask.js';
import type { Log } from '../fold/log.js';
import type { MomentRequest } from '../fold/moments.js';
import { scalesAt } from '../fold/scales.js';
import { cellDocuments } from './cell.js';
import { comparisonDocument } from './comparison.js';
import { crossTabDocument } from './cross-tab.js';
import { pageInfo } from './paging.js';
import { changeFields, levelFields } from './shown.js';
import { projectDocument, regionDocument } from './subject.js';

/** The lists of the API. */
export const listDocument = `
  query ($at: At, $after: String) {
    regions(at: $at, first: 200) { nodes { id key name statuses { scale { id label levels { key label } } level { key } } moment { immutable } } }
    organisations(at: $at) { id key name formerNames }
    milestones(at: $at) { on text subject { id name } }
    statusChanges(at: $at, first: 3, after: $after, includeSuperseded: true) {
      totalCount edges { cursor node { id ...changeFields } } ${pageInfo}
    }
  } ${changeFields} ${levelFields}`;

export interface Question {
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

/** Every kind of question about each of the moments, on whatever the log knows by now. */
export function questionsAbout(log: Log, requests: readonly MomentRequest[]): Question[] {
  const scales = scalesAt(log, log.length);
  const regions = everRegistered(log, 'RegionRegistered');
  return requests.flatMap((at) => [
    { document: listDocument, variables: { at } },
    ...regions.map((key) => ({ document: regionDocument, variables: { key, at } })),
    ...everRegistered(log, 'ProjectRegistered').map((key) => ({ document: projectDocument, variables: { key, at } })),
    ...regions.map((key) => ({ document: cellDocuments.REGION, variables: { key, at, scale: 'phase' } })),
    ...scales.map(({ key, subjectKind: kind }) => ({
      document: crossTabDocument,
      variables: { kind, rows: { scale: key }, columns: { moments: requests } },
    })),
    ...scales.map(({ key }) => ({
      document: comparisonDocument,
      variables: { scale: key, from: requests[0], to: at },
    })),
  ]);
}

/** The answers, to the byte. */
export const answersTo = async (api: TestApi, questions: readonly Question[]): Promise<string[]> => {
  const answers: string[] = [];
  for (const { document, variables } of questions) answers.push(JSON.stringify(await api.ask(document, variables)));
  return answers;
};
