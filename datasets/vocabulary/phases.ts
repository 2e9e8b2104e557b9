import type { PublishedTables } from '../read-facts/published-tables.js';

/** The regional scales as the facts name them. */
export type PhaseScale = keyof PublishedTables['phaseScales'];

/** A phase in English: the report prints it in Dutch only. */
export interface PhaseInEnglish {
  readonly label: string;
  readonly definition: string;
}

/** The phases of the three regional scales in English, lowest first; translated by us. */
export const phasesInEnglish: Readonly<Record<PhaseScale, readonly PhaseInEnglish[]>> = {
  AGREEMENTS: [
    {
      label: 'Preparation phase',
      definition:
        'Agreements on the roles, the approach and the mutual expectations are being made with the care office and the care providers.',
    },
    {
      label: 'Inventory phase',
      definition: 'A regional kick-off meeting has been held and agreements on a concrete follow-up have been made.',
    },
    {
      label: 'Plan of action',
      definition:
        'A first analysis and a plan of action have been made with the region, and joint agreements are being prepared.',
    },
    {
      label: 'Implementation phase',
      definition:
        'The care-office region has made agreements that make clear how each organisation relates to them, in process and in quality.',
    },
  ],
  DYNAMICS: [
    { label: 'Autonomous organisations', definition: 'There is little cooperation.' },
    {
      label: 'Cooperation because of development plans',
      definition: 'Joint plans of action have been drawn up because development funds were available.',
    },
    {
      label: 'Intrinsic motivation',
      definition: 'Organisations exchange views out of intrinsic motivation. Knowledge is shared.',
    },
    {
      label: 'Cooperation from a shared vision',
      definition: 'Organisations cooperate from a shared vision, with explicit ownership.',
    },
  ],
  VISION: [
    {
      label: 'Nothing agreed yet',
      definition: 'Nothing has been agreed in the region about a joint approach yet.',
    },
    {
      label: 'Recorded as an agreement or action only',
      definition: 'The activities have been included in the plan of action.',
    },
    {
      label: 'Preparations made',
      definition: 'The care office, care providers and employers’ organisations have made preparations.',
    },
    {
      label: 'Dialogue session',
      definition: 'Regional sessions on a long-term vision or on scenarios for the future have been held.',
    },
    {
      label: 'Strategic choices',
      definition: 'The region has made strategic choices and adopted a long-term vision.',
    },
  ],
};
