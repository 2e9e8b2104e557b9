import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/node';
import type { Template } from '../import/statuses/template.js';

const text = (value: string): CellObject | null => (value === '' ? null : { value, type: String });
const bold = (value: string): CellObject => ({ value, type: String, fontWeight: 'bold' });

/** All cells but the date are text, so that no program turns '1-3' into a date. */
const rowOf = (cells: readonly string[], dateColumn: number): Row =>
  cells.map((value, index) =>
    index === dateColumn ? { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'dd-mm-yyyy' } : text(value),
  );

/** Writes a workbook with the sheet to fill in and a second sheet that explains the levels. */
export async function writeTemplateXlsx(file: string, template: Template): Promise<void> {
  const { comments, headings, dateColumn, rows, levels } = template;
  const above: Row[] = comments.map((comment) => [text(comment)]);
  const [levelHeadings = [], ...levelRows] = levels;
  const widths = headings.map((heading) => ({ width: Math.max(12, heading.length + 2) }));
  await writeExcelFile([
    {
      sheet: 'status',
      data: [...above, headings.map(bold), ...rows.map((cells) => rowOf(cells, dateColumn))],
      columns: widths,
      stickyRowsCount: above.length + 1,
      stickyColumnsCount: 2,
    },
    {
      sheet: 'levels',
      data: [levelHeadings.map(bold), ...levelRows.map((cells) => cells.map(text))],
      columns: [{ width: 30 }, { width: 16 }, { width: 6 }, { width: 40 }, { width: 80 }],
    },
  ]).toFile(file);
}
