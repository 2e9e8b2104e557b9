import type { DocumentNode } from 'graphql';
import type { ApiQuery, Variables } from '../api-query.js';
import { labelsIn, type ExportLanguage } from '../labels/index.js';
import { note, type Sheet } from '../sheet.js';

/** A kind of table that is exported. */
export interface TableExport {
  /** The query for the table. Its variables are the parameters of the URL. */
  readonly document: DocumentNode;
  /** Every document that the export queries, `document` included. They are validated against the schema at the start. */
  readonly documents: readonly DocumentNode[];
  sheet(ask: ApiQuery, variables: Variables, language: ExportLanguage): Promise<Sheet>;
}

/** A note's text for a filter, as it was given. */
export const filterText = (filter: unknown, none: string): string => (filter == null ? none : JSON.stringify(filter));

/** A sheet whose first notes say what it is and in which language. */
export const titledSheet = (
  title: string,
  language: ExportLanguage,
  { columns, rows, notes }: Pick<Sheet, 'columns' | 'rows' | 'notes'>,
): Sheet => {
  const labels = labelsIn[language];
  return {
    title,
    pages: labels.pages,
    columns,
    rows,
    notes: [note(labels.what, title), note(labels.language, language), ...notes],
  };
};
