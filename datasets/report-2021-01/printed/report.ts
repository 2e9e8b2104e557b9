import type { EventData } from '../../../events/event-types.js';
import { reportStream, type PrintedCell, type PrintedTable } from '../../../events/reports.js';
import type { Entry } from '../../entry.js';
import { readPublishedTables, type PublishedTable } from '../../read-facts/published-tables.js';
import { careOfficeTableCells } from './care-office-table.js';
import { printedClaims } from './claims.js';
import { levelTableCells, rubricTableCells } from './level-tables.js';
import { notesOn } from './notes.js';
import { phaseTableCells } from './phase-tables.js';
import { startTableCells } from './start-table.js';

function cellsOfTable(number: PublishedTable['table']): PrintedCell[] {
  switch (number) {
    case 1:
    case 2:
    case 3:
      return phaseTableCells(number);
    case 4:
      return careOfficeTableCells();
    case 5:
    case 6:
    case 8:
    case 10:
    case 11:
      return levelTableCells(number);
    case 7:
      return startTableCells();
    case 12:
      return rubricTableCells();
  }
}

const printedTable = ({ table, title }: PublishedTable): PrintedTable => ({
  number: table,
  title,
  cells: cellsOfTable(table),
  notes: notesOn(table),
});

/** The progress report of January 2021 as printed. */
export function printedReport(): EventData['ReportPublished'] {
  const { source, tables } = readPublishedTables();
  return {
    key: '2021-01',
    title: source.title,
    publisher: source.publisher,
    publishedOn: source.published,
    period: '2020-10',
    tables: tables.map(printedTable),
    claims: printedClaims(),
  };
}

export const reportEntry = (): Entry => {
  const data = printedReport();
  return { stream: reportStream(data.key), type: 'ReportPublished', data };
};
