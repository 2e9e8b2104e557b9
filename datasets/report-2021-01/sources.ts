import type { Evidence } from '../../events/primitives.js';
import { readPublishedTables } from '../read-facts/published-tables.js';

const report = readPublishedTables().source;

/** The progress report of January 2021, as evidence; the locator names the place in it. */
export const inReport = (locator: string | null): Evidence => ({ title: report.title, locator, url: null });

/** The articles about the programme that the facts draw upon, by their number there; the titles describe them. */
const articles: Readonly<Record<string, string>> = {
  '000': 'Article about the regional projects of Zuid-Holland Noord',
  '002': 'Article about the meeting of programme managers of 8 April 2021',
  '003': 'Article about the project Radicale Vernieuwing - Waarde-vol Onderwijs (RVWO)',
};

/** The number of the report itself in the facts. */
const REPORT = '001';

/** The evidence that a source of the facts stands for: '001 section 2.1', '003', '000 and 003'. */
export const evidenceOf = (source: string): Evidence[] =>
  source.split(' and ').map((part) => {
    const [number = '', ...place] = part.split(' ');
    if (number === REPORT) return inReport(place.join(' ') || null);
    const title = articles[number];
    if (title === undefined) throw new Error(`The facts name a source '${source}' that is not known.`);
    return { title, locator: place.join(' ') || null, url: null };
  });

/** A source of the facts in words: the title of each text, and the place in it. */
export const citationOf = (source: string): string =>
  evidenceOf(source)
    .map(({ title, locator }) => (locator === null ? title : `${title}, ${locator}`))
    .join('; ');

/** The place in the report that a source of the facts names. */
export function placeInReport(source: string): string {
  const [number, ...place] = source.split(' ');
  if (number !== REPORT || place.length === 0) throw new Error(`'${source}' is no place in the report.`);
  return place.join(' ');
}
