import {
  columnLetters,
  isColumnIndex,
  isRowNumber,
  parseCellRange,
  parseCellReference,
  type CellRange,
} from '../cell-reference.js';
import type { Part } from './archive.js';
import { checkCellLength, newStringItem, type StringItem } from './string-item.js';
import { SAVE_AGAIN, WorkbookError } from './workbook-error.js';
import { isTrue, readXml, type Attributes, type XmlHandlers } from './xml.js';

/** A cell as the file has it. What it means depends on the workbook's texts, styles and dates: see cell-value.ts. */
export interface WorksheetCell {
  /** From 0. */
  readonly column: number;
  /** Such as 'n', 's' and 'inlineStr'. */
  readonly type: string;
  /** The place of its style in the list of styles. */
  readonly style: number;
  readonly isFormula: boolean;
  /** Null where the cell holds none, as a formula that was never calculated. */
  readonly value: string | null;
  /** The text that stands in the cell itself, in cells of type 'inlineStr'. */
  readonly inlineText: string | null;
}

export interface WorksheetRow {
  readonly kind: 'ROW';
  /** From 1. */
  readonly number: number;
  /** Hidden by hand or by a filter. */
  readonly isHidden: boolean;
  /** Those that hold something, from left to right. */
  readonly cells: readonly WorksheetCell[];
}

/** Something that a worksheet says. Items come in the order of the file: columns, then rows, then ranges. */
export type WorksheetItem =
  | WorksheetRow
  /** Columns from `first` to `last`, from 0 and both included. */
  | { readonly kind: 'HIDDEN_COLUMNS'; readonly first: number; readonly last: number }
  | { readonly kind: 'MERGED_RANGE' | 'FILTERED_RANGE'; readonly range: CellRange };

/**
 * Reads a worksheet as it is: sparse, without regard to the range that the sheet declares. Rows and cells without a reference
 * stand right after those before them.
 * @throws {WorkbookError}
 */
export const readWorksheet = (part: Part): AsyncGenerator<WorksheetItem> =>
  readXml<WorksheetItem>(part, (emit) => worksheetHandlers(part.name, emit));

/** The cell that is being read. */
interface OpenCell {
  readonly column: number;
  readonly attributes: Attributes;
  isFormula: boolean;
  value: string | null;
  inline: StringItem | null;
}

interface OpenRow {
  readonly number: number;
  readonly isHidden: boolean;
  readonly cells: WorksheetCell[];
  /** The column of the last cell, whether or not it holds anything. */
  lastColumn: number;
}

function worksheetHandlers(partName: string, emit: (item: WorksheetItem) => void): XmlHandlers {
  /** Elements outside the data of the sheet, such as anchors of drawings, may be called 'row' too. */
  let isInData = false;
  let lastRow = 0;
  let row: OpenRow | null = null;
  let cell: OpenCell | null = null;
  let isInValue = false;

  const damaged = (problem: string): WorkbookError =>
    new WorkbookError(`Its part ${partName} is damaged: ${problem}. ${SAVE_AGAIN}`);

  function openRow(attributes: Attributes): OpenRow {
    const number = Number(attributes['r'] ?? lastRow + 1);
    if (!isRowNumber(number)) throw damaged(`it has a row '${attributes['r'] ?? number}'`);
    if (number <= lastRow) throw damaged(`row ${number} comes after row ${lastRow}`);
    return { number, isHidden: isTrue(attributes['hidden']), cells: [], lastColumn: -1 };
  }

  function openCell({ number, lastColumn }: OpenRow, attributes: Attributes): OpenCell {
    const name = attributes['r'];
    const reference = name === undefined ? { row: number, column: lastColumn + 1 } : parseCellReference(name);
    if (!reference || !isColumnIndex(reference.column)) throw damaged(`row ${number} has a cell '${name ?? ''}'`);
    if (reference.row !== number) throw damaged(`cell ${name} stands in row ${number}`);
    if (reference.column <= lastColumn) throw damaged(`cell ${name} comes after ${columnLetters(lastColumn)}${number}`);
    return { column: reference.column, attributes, isFormula: false, value: null, inline: null };
  }

  function closeCell(parent: OpenRow, { column, attributes, isFormula, value, inline }: OpenCell): void {
    parent.lastColumn = column;
    const type = attributes['t'] ?? 'n';
    // A cell that only has a format holds nothing.
    if (value === null && inline === null && !isFormula && type !== 'e') return;
    const inlineText = inline?.value() ?? null;
    parent.cells.push({ column, type, style: Number(attributes['s'] ?? 0), isFormula, value, inlineText });
  }

  function openOutside(name: string, attributes: Attributes): void {
    if (name === 'sheetData') isInData = true;
    if (name === 'col' && isTrue(attributes['hidden'])) {
      const [first, last] = [Number(attributes['min']) - 1, Number(attributes['max']) - 1];
      if (isColumnIndex(first) && isColumnIndex(last)) emit({ kind: 'HIDDEN_COLUMNS', first, last });
    }
    if (name !== 'mergeCell' && name !== 'autoFilter') return;
    const range = parseCellRange(attributes['ref'] ?? '');
    if (range) emit({ kind: name === 'mergeCell' ? 'MERGED_RANGE' : 'FILTERED_RANGE', range });
    else if (name === 'mergeCell') throw damaged(`it merges cells '${attributes['ref'] ?? ''}'`);
  }

  return {
    open(name, attributes) {
      if (!isInData) openOutside(name, attributes);
      else if (cell?.inline) cell.inline.open(name);
      else if (cell && name === 'is') cell.inline = newStringItem();
      else if (cell && name === 'f') cell.isFormula = true;
      else if (cell && name === 'v') {
        isInValue = true;
        cell.value = '';
      } else if (row && name === 'c') cell = openCell(row, attributes);
      else if (name === 'row') row = openRow(attributes);
    },
    close(name) {
      if (name === 'sheetData') isInData = false;
      else if (name === 'v') isInValue = false;
      else if (row && cell && name === 'c') {
        closeCell(row, cell);
        cell = null;
      } else if (cell) cell.inline?.close(name);
      else if (row && name === 'row') {
        emit({ kind: 'ROW', number: row.number, isHidden: row.isHidden, cells: row.cells });
        lastRow = row.number;
        row = null;
      }
    },
    text(text) {
      if (cell?.inline) cell.inline.text(text);
      else if (cell && isInValue) {
        cell.value += text;
        checkCellLength(cell.value ?? '');
      }
    },
  };
}
