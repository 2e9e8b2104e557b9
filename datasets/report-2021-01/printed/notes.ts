import type { PublishedTable } from '../../facts.js';
import { readPublishedTables } from '../../facts.js';

/** The tables that each note of the facts concerns, by how the note begins. There is no table 9 to note its absence at. */
const concerned: Readonly<Record<string, readonly PublishedTable['table'][]>> = {
  'There is no table 9': [10],
  'Regional tables': [1, 2, 3],
  'Table 5': [5],
  "Table 7's text": [7],
};

const columnsAlike =
  "Both columns of percentages are printed 'Procentueel'; the years in brackets are added here to tell them apart.";

/** What is to be known about a table beside its figures. */
export function notesOn(table: PublishedTable['table']): string[] {
  const notes = readPublishedTables().notes.filter((note) => {
    const tables = Object.entries(concerned).find(([beginning]) => note.startsWith(beginning))?.[1];
    if (!tables) throw new Error(`No table is known that this note concerns: ${note}`);
    return tables.includes(table);
  });
  return table === 7 ? [...notes, columnsAlike] : notes;
}
