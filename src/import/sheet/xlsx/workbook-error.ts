import { PeildatumError } from '../../../../events/errors/peildatum-error.js';

/** An archive or workbook that cannot be read. The message is one or more sentences: what is wrong, in which part, and a remedy. */
export class WorkbookError extends PeildatumError {
  readonly code = 'WORKBOOK';
}

/** What people can do about a part that is damaged. */
export const SAVE_AGAIN = 'Open the file in a spreadsheet program and save it as a new XLSX file, or as CSV.';
