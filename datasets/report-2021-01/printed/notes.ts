import type { Label } from '../../../events/primitives.js';
import type { PublishedTable } from '../../read-facts/published-tables.js';
import { readPublishedTables } from '../../read-facts/published-tables.js';

interface Concern {
  readonly tables: readonly PublishedTable['table'][];
  readonly nl: string;
}

/**
 * What each note of the facts concerns, by how the note begins, and how it reads in Dutch. There is no table 9 to note its
 * absence at.
 */
const concerns: Readonly<Record<string, Concern>> = {
  'There is no table 9': {
    tables: [10],
    nl: 'Het rapport bevat geen tabel 9: de tekst verwijst voor deelbare resultaten naar tabel 10 en drukt geen tabel 9 af.',
  },
  'Regional tables': {
    tables: [1, 2, 3],
    nl: 'De regiotabellen gaan over 34 (sub)regio’s van 30 van de 31 zorgkantoorregio’s; zorgkantoor DSW ontbreekt.',
  },
  'Table 5': {
    tables: [5],
    nl: 'Tabel 5 telt voor oktober 2020 op tot 298, terwijl er 318 projecten geregistreerd zijn: van 20 projecten is geen aantal deelnemers gepubliceerd.',
  },
  "Table 7's text": {
    tables: [7],
    nl: 'De tekst bij tabel 7 spreekt van ‘113 nieuw opgestarte projecten in 2020 en 201’ (sic): 2020 en 2021.',
  },
};

const columnsAlike: Label = {
  nl: 'Beide kolommen met percentages heten in druk ‘Procentueel’; de jaren tussen haakjes zijn hier toegevoegd om ze te onderscheiden.',
  en: "Both columns of percentages are printed 'Procentueel'; the years in brackets are added here to tell them apart.",
};

function concernOf(note: string): Concern {
  const concern = Object.entries(concerns).find(([beginning]) => note.startsWith(beginning))?.[1];
  if (!concern) throw new Error(`No table is known that this note concerns: ${note}`);
  return concern;
}

/** What is to be known about a table beside its figures. */
export function notesOn(table: PublishedTable['table']): Label[] {
  const notes = readPublishedTables().notes.flatMap((en): Label[] => {
    const { tables, nl } = concernOf(en);
    return tables.includes(table) ? [{ nl, en }] : [];
  });
  return table === 7 ? [...notes, columnsAlike] : notes;
}
