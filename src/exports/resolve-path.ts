import type { Variables } from './api-query.js';
import { comparisonExport } from './tables/comparison.js';
import { crossTabExport } from './tables/cross-tab.js';
import { formats, type Format } from './formats/index.js';
import { printedTableExport } from './tables/printed-table.js';
import { notFound } from './export-error.js';
import type { TableExport } from './tables/table-export.js';

/** The table and the format that a path below /export/ names. */
export interface ResolvedExport {
  readonly table: TableExport;
  readonly format: Format;
  /** The variables of the table's document that stand in the path. */
  readonly pathVariables: Variables;
}

/** Every kind of table that is exported. */
export const tableExports: readonly TableExport[] = [crossTabExport, comparisonExport, printedTableExport];

const extensions = formats.map(({ extension }) => `.${extension}`).join(' or ');

const EXPORT_PATHS = ['/export/cross-tab', '/export/comparison', '/export/reports/<key>/tables/<number>'];

const unknownTable = (key: string, number: string) =>
  notFound('UNKNOWN_TABLE', `Report '${key}' has no table '${number}': tables have whole numbers from 1.`, 'number');

const tableOf = (name: string): Omit<ResolvedExport, 'format'> => {
  if (name === 'cross-tab') return { table: crossTabExport, pathVariables: {} };
  if (name === 'comparison') return { table: comparisonExport, pathVariables: {} };
  const printed = /^reports\/([^/]+)\/tables\/([^/]+)$/.exec(name);
  if (!printed) {
    throw notFound(
      'NOT_FOUND',
      `There is no such export. There are ${EXPORT_PATHS.join(', ')}, each as ${extensions}.`,
    );
  }
  const [, key = '', number = ''] = printed;
  // GraphQL's integers have 32 bits.
  if (!/^[1-9]\d{0,8}$/.test(number)) throw unknownTable(key, number);
  return { table: printedTableExport, pathVariables: { key, number: Number(number) } };
};

/** @throws {ExportRefusedError} 404 when the path names no table or no format. */
export const resolveExportPath = (path: string): ResolvedExport => {
  const [, name = path, extension = ''] = /^(.*)\.([^./]*)$/.exec(path) ?? [];
  const found = tableOf(name);
  const format = formats.find((candidate) => candidate.extension === extension);
  if (format) return { ...found, format };
  const problem = extension === '' ? 'names no format' : `asks for '.${extension}', which is not made`;
  throw notFound('UNSUPPORTED_FORMAT', `'/export/${path}' ${problem}: an export is had as ${extensions}.`);
};
