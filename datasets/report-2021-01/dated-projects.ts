import { readMilestones } from '../read-facts/milestones.js';

/** The keys of the projects that milestones are about, by how the milestones call them. */
const keys: Readonly<Record<string, string>> = {
  'RVWO (Zuid-Holland Noord)': 'radicale-vernieuwing-waarde-vol-onderwijs-rvwo',
  'Teamreflectie (Midden-Brabant)': 'teamreflectie',
  'Nieuwkomers (Arnhem)': 'nieuwkomers',
};

export const projectOfMilestone = (subject: string): string | undefined => keys[subject];

/** The first day of the month of a project's first milestone; null where it has none. */
export function firstMilestone(project: string): string | null {
  const first = readMilestones().find(({ subject }) => keys[subject] === project);
  return first ? `${first.date.slice(0, 7)}-01` : null;
}
