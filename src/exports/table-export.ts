import type { DocumentNode } from 'graphql';
import type { Ask, Variables } from './ask.js';
import type { Sheet } from './sheet.js';
import type { SheetLanguage } from './words.js';

/** A kind of table that can be had as a file. */
export interface TableExport {
  /** What it asks the API. Its variables are the parameters of the URL. */
  readonly document: DocumentNode;
  /** All documents that it may ask, that one included: they are held against the schema at the start. */
  readonly documents: readonly DocumentNode[];
  sheet(ask: Ask, variables: Variables, language: SheetLanguage): Promise<Sheet>;
}

/** A note's text for a filter, as it was given. */
export const filterText = (filter: unknown, none: string): string => (filter == null ? none : JSON.stringify(filter));
