import { projectStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { textOnProjects, withoutSources } from './named-projects.js';
import { reconstructedProjects } from './reconstructed.js';

/**
 * What the report and the articles tell of the projects that they name. It came to be known with them, not when a project
 * was registered: it may tell of what happened long after.
 */
export function summaryEntries(): Entry[] {
  const texts = textOnProjects();
  return reconstructedProjects().flatMap(({ key, summary }): Entry[] => {
    const text = withoutSources(summary);
    if (text === null || text === '') return [];
    const evidence = texts.get(key)?.evidence ?? [];
    return [{ stream: projectStream(key), type: 'ProjectSummarised', data: { summary: text, evidence } }];
  });
}
