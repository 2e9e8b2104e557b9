/** A term in the two languages of the data set. */
export interface Label {
  readonly nl: string;
  readonly en: string;
}

/** One level of a scale: a stable key and the words it is printed with. */
export interface Level {
  readonly key: string;
  readonly label: Label;
}

export type ProjectScaleKey =
  | 'rubric'
  | 'status'
  | 'participation'
  | 'start'
  | 'impact'
  | 'shareability'
  | 'scalability';

/** A scale on which projects are classified, its levels in the order in which the report prints them. */
export interface ProjectScale {
  readonly key: ProjectScaleKey;
  /** ORDINAL when the order of the levels is a ranking, NOMINAL when it is only the order of print. */
  readonly kind: 'ORDINAL' | 'NOMINAL';
  readonly label: Label;
  readonly levels: readonly Level[];
}

const level = (key: string, nl: string, en: string): Level => ({ key, label: { nl, en } });

/** The project scales of the progress report, tables 4 to 12; Dutch labels are exactly the printed ones. */
export const projectScales: readonly ProjectScale[] = [
  {
    key: 'rubric',
    kind: 'NOMINAL',
    label: { nl: 'Rubriek', en: 'Rubric' },
    levels: [
      level(
        'anders-opleiden-samenwerking-met-onderwijs',
        'Anders opleiden / samenwerking met onderwijs',
        'Training differently / cooperation with education',
      ),
      level('anders-werken', 'Anders werken', 'Working differently'),
      level('behandelfunctie-sog', 'Behandelfunctie / SOG', 'Treatment function / elderly care physician'),
      level('efficient-werken', 'Efficiënt werken', 'Working efficiently'),
      level('leren-en-verbeteren', 'Leren en verbeteren', 'Learning and improving'),
      level('nieuwe-professionals-aantrekken', 'Nieuwe professionals aantrekken', 'Attracting new professionals'),
      level('persoonsgerichte-zorg', 'Persoonsgerichte zorg', 'Person-centred care'),
      level('professionals-behouden', 'Professionals behouden', 'Retaining professionals'),
      level('regionale-strategievorming', 'Regionale strategievorming', 'Regional strategy development'),
      level('samenwerking-in-de-keten', 'Samenwerking in de keten', 'Cooperation in the care chain'),
      level('technologie', 'Technologie', 'Technology'),
    ],
  },
  {
    key: 'status',
    kind: 'NOMINAL',
    label: { nl: 'Projectstatus', en: 'Project status' },
    levels: [
      level('finished-unsuccessful', 'Afgerond en niet succesvol verlopen', 'Finished unsuccessfully'),
      level('finished-successful', 'Afgerond en succesvol verlopen', 'Finished successfully'),
      level('running', 'Lopend', 'Running'),
      level('not-started', 'Nog niet gestart', 'Not yet started'),
      level('stopped', 'Vroegtijdig gestopt of helemaal niet gestart', 'Stopped early or never started'),
    ],
  },
  {
    key: 'participation',
    kind: 'ORDINAL',
    label: { nl: 'Betrokken zorgaanbieders', en: 'Care providers involved' },
    levels: [
      level('1-3', '1 tot 3', '1 to 3'),
      level('4-6', '4 tot 6', '4 to 6'),
      level('7-9', '7 tot 9', '7 to 9'),
      level('10-plus', 'Meer dan 10', 'More than 10'),
    ],
  },
  {
    key: 'start',
    kind: 'ORDINAL',
    label: { nl: 'Aanvang', en: 'Start' },
    // Table 7 prints the years of the new projects first; a ranking needs them in time order.
    levels: [
      level('2018-2019', 'Aanvang 2018-2019', 'Started in 2018-2019'),
      level('2020', 'Start 2020', 'Started in 2020'),
      level('2021', 'Start in 2021', 'Starts in 2021'),
    ],
  },
  {
    key: 'impact',
    // 'Unknown' has no rank among the others.
    kind: 'NOMINAL',
    label: { nl: 'Impact', en: 'Impact' },
    levels: [
      level('small-limited', 'Op kleine schaal met beperkte betekenis', 'On a small scale with limited meaning'),
      level('small-great', 'Op kleine schaal met veel betekenis', 'On a small scale with much meaning'),
      level('medium-limited', 'Op gemiddelde schaal met beperkte betekenis', 'On a medium scale with limited meaning'),
      level('medium-great', 'Op gemiddelde schaal met veel betekenis', 'On a medium scale with much meaning'),
      level('large-limited', 'Op grote schaal met beperkte betekenis', 'On a large scale with limited meaning'),
      level('large-great', 'Op grote schaal met grote betekenis', 'On a large scale with great meaning'),
      level('unknown', 'Nog onbekend', 'Not yet known'),
    ],
  },
  {
    key: 'shareability',
    kind: 'NOMINAL',
    label: { nl: 'Deelbare resultaten', en: 'Shareable results' },
    levels: [
      level('no', 'Nee, geen resultaten te delen', 'No, no results to share'),
      level(
        'not-yet',
        'Nee, werk in uitvoering, wel in de nabije toekomst',
        'No, work in progress, but in the near future',
      ),
      level('yes', 'Ja, vanwege meerdere redenen', 'Yes, for several reasons'),
      level('unknown', 'Nog onbekend', 'Not yet known'),
    ],
  },
  {
    key: 'scalability',
    kind: 'ORDINAL',
    label: { nl: 'Opschaalbaarheid', en: 'Scalability' },
    levels: [
      level('not-sensible', 'Niet zinvol om op te schalen', 'Not sensible to scale up'),
      level('not-yet', 'Nee, is nog niet zinvol', 'No, not yet sensible'),
      level('this-region', 'Ja, alleen in deze regio', 'Yes, only in this region'),
      level('some-regions', "Ja naar enkele andere regio's", 'Yes, to some other regions'),
      level('national', 'Ja, landelijk opschaalbaar', 'Yes, nationally scalable'),
    ],
  },
];

/** Care offices (concessiehouders) by the label that table 4 and annex 1 print, in table 4's order. */
export const careOfficeByLabel: Readonly<Record<string, string>> = {
  CZ: 'cz',
  'Zilveren Kruis (De Friesland)': 'de-friesland',
  ENO: 'eno',
  Menzis: 'menzis',
  VGZ: 'vgz',
  'Zilveren Kruis': 'zilveren-kruis',
  'Zorg en Zekerheid': 'zorg-en-zekerheid',
};

/** The organisation keys of the care offices, in table 4's printed order. */
export const careOfficeKeys: readonly string[] = Object.values(careOfficeByLabel);

/** The level keys of a scale, in printed order. */
export function levelKeys(scale: ProjectScaleKey): string[] {
  return projectScales.flatMap((each) => (each.key === scale ? each.levels.map(({ key }) => key) : []));
}

/** The key of the level printed as `label`; a label outside the vocabulary is an error, not a new level. */
export function levelKeyOf(scale: ProjectScaleKey, label: string): string {
  const levels = projectScales.find(({ key }) => key === scale)?.levels ?? [];
  const found = levels.find((each) => each.label.nl === label);
  if (found === undefined) throw new Error(`Scale ${scale} has no level printed as '${label}'`);
  return found.key;
}

/** The organisation key of the care office printed as `label`. */
export function careOfficeKeyOf(label: string): string {
  const key = careOfficeByLabel[label];
  if (key === undefined) throw new Error(`No care office is printed as '${label}'`);
  return key;
}
