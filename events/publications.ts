import { Type, type Static } from 'typebox';
import { CivilDate, closed, FreeText } from './primitives.js';

const PublicationFigure = Type.Object(
  { metric: FreeText, value: Type.Integer({ minimum: 0 }), from: CivilDate, until: CivilDate, source: FreeText },
  closed,
);
type PublicationFigure = Static<typeof PublicationFigure>;

/** How often a publication was read or downloaded, by metric, over [from, until] with both days counted. */
export const PublicationFiguresRecorded = Type.Object(
  { title: FreeText, kind: FreeText, figures: Type.Array(PublicationFigure, { minItems: 1, maxItems: 100 }) },
  closed,
);
export type PublicationFiguresRecorded = Static<typeof PublicationFiguresRecorded>;

export const publicationStream = (slug: string) => `publication-${slug}`;
