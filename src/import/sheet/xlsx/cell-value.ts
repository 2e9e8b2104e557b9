import { isCivilDate } from '../../../../events/formats.js';
import type { SheetValue } from '../sheet.js';
import { isDateFormat, type NumberFormat } from './number-format.js';
import { unescapeCharacters } from './string-item.js';
import type { WorksheetCell } from './worksheet.js';

/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly sharedStrings: readonly string[];
  readonly styles: readonly NumberFormat[];
  readonly isDate1904: boolean;
}

const DAY_MS = 86_400_000;

/** The serial number of a day of 1904 is so much lower than in workbooks that count from 1900. */
const DATE_1904_DAY_COUNT = 1_462;

/** 29 February 1900, which spreadsheet programs count though it did not exist. */
const MISSING_LEAP_DAY = 60;

/** 31 December 9999. */
const LAST_SERIAL = 2_958_465;

const NO_SUCH_DATE = { fault: 'a date that does not exist' };

/** What cells mean. Interpreting a cell never fails: what cannot be read is a faulty cell, which says what is wrong. */
export function newCellInterpreter({
  sharedStrings,
  styles,
  isDate1904,
}: CellContext): (cell: WorksheetCell) => SheetValue {
  const isDateStyle = styles.map(isDateFormat);

  function interpretNumber(value: string, style: number): SheetValue {
    const number = Number(value);
    if (!Number.isFinite(number)) return { fault: `the number '${value}', which cannot be read` };
    return isDateStyle[style] === true ? interpretSerial(number + (isDate1904 ? DATE_1904_DAY_COUNT : 0)) : number;
  }

  function interpretValue(type: string, value: string, style: number): SheetValue {
    switch (type) {
      case 'n':
        return interpretNumber(value, style);
      case 's':
        return sharedStrings[Number(value)] ?? { fault: 'a text that is missing from the workbook' };
      case 'str':
        return unescapeCharacters(value);
      case 'b':
        return value === '1' || value === 'true';
      case 'd':
        return interpretIsoDate(value);
      default:
        return { fault: `a value of the unknown type '${type}'` };
    }
  }

  return ({ type, style, isFormula, value, inlineText }) => {
    if (type === 'e') return { fault: `the error ${value || '#VALUE!'}` };
    if (type === 'inlineStr') return inlineText || null;
    if (value === null) return isFormula ? { fault: 'a formula without a result' } : null;
    return value === '' ? null : interpretValue(type, value, style);
  };
}

/** @param serial days since the end of 1899, with a fraction for the time of the day */
function interpretSerial(serial: number): SheetValue {
  const day = Math.floor(serial);
  if (day < 1 || day > LAST_SERIAL || day === MISSING_LEAP_DAY) return NO_SUCH_DATE;
  const sinceEnd1899 = day < MISSING_LEAP_DAY ? day : day - 1;
  return { date: new Date(Date.UTC(1899, 11, 31) + sinceEnd1899 * DAY_MS).toISOString().slice(0, 10) };
}

/** The date in ISO notation. A time after it is ignored: it has no zone, so it cannot move the date. */
function interpretIsoDate(value: string): SheetValue {
  const date = value.slice(0, 10);
  return isCivilDate(date) ? { date } : NO_SUCH_DATE;
}
