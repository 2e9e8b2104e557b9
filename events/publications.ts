import { Type } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { categoryStreams } from './home-stream.js';
import { CivilDate, closed, FreeText } from './primitives.js';

const PublicationFigure = Type.Object(
  { metric: FreeText, value: Type.Integer({ minimum: 0 }), from: CivilDate, until: CivilDate, source: FreeText },
  closed,
);

export const PublicationFiguresRecorded = defineEvent('PublicationFiguresRecorded', {
  meaning: 'How often a publication was read or downloaded, by metric, with both days of each span counted.',
  versions: firstVersion(
    Type.Object(
      { title: FreeText, kind: FreeText, figures: Type.Array(PublicationFigure, { minItems: 1, maxItems: 100 }) },
      closed,
    ),
  ),
  home: categoryStreams('publication'),
});

export const publicationStream = (slug: string) => `publication-${slug}`;
