import type { Variables } from './ask.js';
import { comparisonExport } from './comparison.js';
import { crossTabExport } from './cross-tab.js';
import { formats, type Format } from './formats.js';
import { printedTableExport } from './printed-table.js';
import { notFound } from './problem.js';
import type { TableExport } from './table-export.js';

/** What a path below /export/ asks for. */
export interface ExportRoute {
  readonly table: TableExport;
  readonly format: Format;
  /** The variables that the path gives. */
  readonly fromPath: Variables;
}

/** All exports there are. */
export const tableExports: readonly TableExport[] = [crossTabExport, comparisonExport, printedTableExport];

const extensions = formats.map(({ extension }) => `.${extension}`).join(' or ');

const EXPORTS = ['/export/cross-tab', '/export/comparison', '/export/reports/<key>/tables/<number>'];

const unknownTable = (key: string, number: string) =>
  notFound('UNKNOWN_TABLE', `Report '${key}' has no table '${number}': tables have whole numbers from 1.`, 'number');

const tableOf = (name: string): Omit<ExportRoute, 'format'> => {
  if (name === 'cross-tab') return { table: crossTabExport, fromPath: {} };
  if (name === 'comparison') return { table: comparisonExport, fromPath: {} };
  const printed = /^reports\/([^/]+)\/tables\/([^/]+)$/.exec(name);
  if (!printed) {
    throw notFound('NOT_FOUND', `There is no such export. There are ${EXPORTS.join(', ')}, each as ${extensions}.`);
  }
  const [, key = '', number = ''] = printed;
  // GraphQL's integers have 32 bits.
  if (!/^[1-9]\d{0,8}$/.test(number)) throw unknownTable(key, number);
  return { table: printedTableExport, fromPath: { key, number: Number(number) } };
};

/** @throws {ExportRefusedError} with 404 where nothing is. */
export const routeOf = (path: string): ExportRoute => {
  const [, name = path, extension = ''] = /^(.*)\.([^./]*)$/.exec(path) ?? [];
  const found = tableOf(name);
  const format = formats.find((candidate) => candidate.extension === extension);
  if (format) return { ...found, format };
  const asked = extension === '' ? 'names no format' : `asks for '.${extension}', which is not made`;
  throw notFound('UNSUPPORTED_FORMAT', `'/export/${path}' ${asked}: an export is had as ${extensions}.`);
};
