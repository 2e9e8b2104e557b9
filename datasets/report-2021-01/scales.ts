import type { EventData } from '../../events/event-types.js';
import type { Level } from '../../events/scales.js';
import { scaleStream } from '../../events/scales.js';
import type { Entry } from '../entry.js';
import { readPublishedTables } from '../read-facts/published-tables.js';
import { phasesInEnglish, type PhaseScale } from '../vocabulary/phases.js';
import { careOfficeByLabel, projectScales, type ProjectScale } from '../vocabulary/projects.js';

/** The key of each regional scale of the report. */
export const phaseScaleKeys: Readonly<Record<PhaseScale, string>> = {
  AGREEMENTS: 'agreements',
  DYNAMICS: 'dynamics',
  VISION: 'vision',
};

function phaseScale(scale: PhaseScale): EventData['ScaleDefined'] {
  const { nl, en, phases } = readPublishedTables().phaseScales[scale];
  const levels = phases.map(({ phase, nl: label, definition }, index): Level => {
    const english = phasesInEnglish[scale][index];
    if (!english) throw new Error(`Phase ${phase} of scale ${scale} has no English.`);
    return {
      key: String(phase),
      label: { nl: label, en: english.label },
      definition: { nl: definition, en: english.definition },
    };
  });
  return { key: phaseScaleKeys[scale], subjectKind: 'REGION', kind: 'ORDINAL', label: { nl, en }, levels };
}

/** The report defines no levels of projects: their labels are all it prints. */
const projectScale = ({ key, kind, label, levels }: ProjectScale): EventData['ScaleDefined'] => ({
  key,
  subjectKind: 'PROJECT',
  kind,
  label,
  levels: levels.map((level): Level => ({ ...level, definition: null })),
});

/** Table 4's columns. Care offices are names: they read the same in both languages. */
const careOfficeScale: EventData['ScaleDefined'] = {
  key: 'care-office',
  subjectKind: 'PROJECT',
  kind: 'NOMINAL',
  label: { nl: 'Concessiehouder', en: 'Care office' },
  levels: Object.entries(careOfficeByLabel).map(([label, key]): Level => ({
    key,
    label: { nl: label, en: label },
    definition: null,
  })),
};

/** Every scale of the data set, those of regions first. */
export const definedScales = (): EventData['ScaleDefined'][] => [
  ...(['AGREEMENTS', 'DYNAMICS', 'VISION'] as const).map(phaseScale),
  careOfficeScale,
  ...projectScales.map(projectScale),
];

export const scaleEntries = (): Entry[] =>
  definedScales().map((data) => ({ stream: scaleStream(data.key), type: 'ScaleDefined', data }));
