import type { PrintedClaim } from '../../../events/reports.js';
import { readClaims } from '../../read-facts/claims.js';
import { placeInReport } from '../sources.js';

/** Themes that the report calls strategic: claim C8 names them. */
const strategic =
  'behandelfunctie-sog|persoonsgerichte-zorg|regionale-strategievorming|samenwerking-in-de-keten|technologie';

/** What the figure of each claim follows from: the facts say it in words. */
const formulas: Readonly<Record<string, string>> = {
  C1: '100 * regions[agreements=4]@2020-10 / regions[agreements]@2020-10',
  C2: '100 * regions[dynamics=4]@2020-10 / regions[dynamics]@2020-10',
  C3: 'regions[dynamics=3|4]@2020-10',
  C4: 'projects[status=finished-successful|finished-unsuccessful]@2020-10',
  C5: '100 * projects[status=finished-successful]@2020-10 / projects[status=finished-successful|finished-unsuccessful]@2020-10',
  C6: '100 * projects[status=finished-successful]@2020-03 / projects[status=finished-successful|finished-unsuccessful]@2020-03',
  C7: '100 * projects[status=running]@2020-10 / projects[status]@2020-10',
  C8: `100 * projects[rubric=${strategic}, start=2020|2021]@2020-10 / projects[rubric, start=2020|2021]@2020-10`,
  C9: '100 * projects[impact=large-great|medium-great|small-great]@2020-03 / projects[impact]@2020-03',
  C10: '100 * projects[impact=large-great|medium-great|small-great]@2020-10 / projects[impact]@2020-10',
  C11: 'projects[scalability=national|some-regions|this-region]@2020-10',
  C12: 'projects[scalability=not-yet]@2020-10',
  C13: 'projects[shareability=yes]@2020-10',
  C14: 'regions[vision=5]@2020-10',
  C15: '100 * projects[impact=large-great|large-limited]@2020-10 / projects[impact]@2020-10',
};

/** What each claim says, in Dutch: the facts say it in English. The report's own words stand in quotes. */
const inDutch: Readonly<Record<string, string>> = {
  C1: 'Regio’s met duidelijke en herleidbare afspraken (‘bijna 95%’)',
  C2: 'Subregio’s in de fase van visie en gedeeld eigenaarschap (‘bijna zeventig procent’)',
  C3: 'Elke (sub)regio werkt ten minste samen vanuit intrinsieke motivatie',
  C4: 'Afgeronde projecten',
  C5: 'Aandeel van de afgeronde projecten dat succesvol was (‘ruim 81%’)',
  C6: 'Hetzelfde aandeel in maart (‘70%’)',
  C7: 'Lopende projecten (‘ruim 75%’)',
  C8: 'In 2020 en 2021 nieuw gestarte projecten op strategische thema’s (‘71%’)',
  C9: 'Projecten met grote betekenis in maart (‘70%’)',
  C10: 'Projecten met grote betekenis in oktober (‘bijna 84%’)',
  C11: 'Projecten die opschaalbaar worden geacht',
  C12: 'Projecten die in 2021 nog opschaalbaar kunnen worden (‘bijna 90’)',
  C13: 'Projecten die al deelbare resultaten hebben',
  C14: 'Meer dan de helft van de 34 subregio’s heeft strategische keuzes gemaakt',
  C15: 'Projecten die op grote schaal van betekenis kunnen zijn (‘bijna 35%’)',
};

/** The sentences of the report that state a figure, in the order of the facts. */
export const printedClaims = (): PrintedClaim[] =>
  readClaims().map(({ id, claim, claimed, qualifier, unit, source }) => {
    const formula = formulas[id];
    const nl = inDutch[id];
    if (formula === undefined || nl === undefined) throw new Error(`Claim ${id} has no formula, or no Dutch.`);
    return { key: id, text: { nl, en: claim }, claimed, qualifier, unit, formula, source: placeInReport(source) };
  });
