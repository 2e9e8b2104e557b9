import { Temporal } from 'temporal-polyfill';
import { publicationStream } from '../../events/publications.js';
import type { Entry } from '../entry.js';
import { readPublications, type PublicationFact } from '../read-facts/publications.js';
import { slug } from '../reconstruction/slug.js';
import { citationOf } from './sources.js';

/** The first and the last day of a span; where only months are printed, they count whole. */
function spanOf(period: string): { from: string; until: string } {
  const [first = '', last = ''] = period.split('/');
  const isMonth = (text: string): boolean => text.length === 'YYYY-MM'.length;
  return {
    from: isMonth(first) ? `${first}-01` : first,
    until: isMonth(last) ? Temporal.PlainYearMonth.from(last).toPlainDate({ day: 31 }).toString() : last,
  };
}

const entryOf = ({ title, kind, metric, value, period, source }: PublicationFact): Entry => ({
  stream: publicationStream(slug(title)),
  type: 'PublicationFiguresRecorded',
  data: { title, kind, figures: [{ metric, value, ...spanOf(period), source: citationOf(source) }] },
});

/** How often what was published to share knowledge was read: chapter 5 of the report. */
export const publicationEntries = (): Entry[] => readPublications().map(entryOf);
