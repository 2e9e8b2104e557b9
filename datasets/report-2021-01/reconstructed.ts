import { readNamedProjects } from '../read-facts/named-projects.js';
import { readPublishedTables } from '../read-facts/published-tables.js';
import { readRegions } from '../read-facts/regions.js';
import { reconstructProjects, type ReconstructedProject } from '../reconstruction/reconstruct-projects.js';

let projects: readonly ReconstructedProject[] | undefined;

/** The projects of the report. Counts that no history can reproduce are an error: a data set with them would be wrong. */
export function reconstructedProjects(): readonly ReconstructedProject[] {
  if (projects) return projects;
  const facts = { tables: readPublishedTables(), named: readNamedProjects(), regions: readRegions() };
  const { projects: found, unmet } = reconstructProjects(facts);
  if (unmet.length > 0) throw new Error(`The projects do not add up to the report: ${JSON.stringify(unmet)}`);
  projects = found;
  return found;
}
