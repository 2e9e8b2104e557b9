import { posix } from 'node:path';
import type { Archive, Part } from './archive.js';
import { unescapeCharacters } from './string-item.js';
import { WorkbookError } from './workbook-error.js';
import { isTrue, readAllXml, type Attributes } from './xml.js';

/** A tab of a workbook. */
export interface WorkbookSheet {
  /** As it stands on the tab. */
  readonly name: string;
  readonly state: 'visible' | 'hidden' | 'veryHidden';
  /** 'worksheet', or another type that has no cells, such as 'chartsheet'. */
  readonly type: string;
  readonly part: Part;
}

export interface Workbook {
  /** In the order of their tabs. */
  readonly sheets: readonly WorkbookSheet[];
  /** Dates are counted from 1904 instead of 1900. */
  readonly isDate1904: boolean;
  readonly sharedStrings: Part | null;
  readonly styles: Part | null;
}

interface Relationship {
  /** The last word of a type such as 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'. */
  readonly type: string;
  readonly part: Part | undefined;
}

/** @throws {WorkbookError} */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const relationships = await readRelationships(archive);
  const related = (type: string, usualName: string): Part | null =>
    [...relationships.values()].find((each) => each.type === type)?.part ?? archive.get(usualName) ?? null;
  let isDate1904 = false;
  const sheets = await readAllXml<WorkbookSheet>(requiredPart(archive, 'xl/workbook.xml'), (emit) => ({
    open(name, attributes) {
      if (name === 'workbookPr') isDate1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const { type, part } = relationships.get(relationshipId(attributes)) ?? {};
      if (type === undefined || !part) return;
      emit({ name: unescapeCharacters(attributes['name'] ?? ''), state: stateOf(attributes['state']), type, part });
    },
  }));
  return {
    sheets,
    isDate1904,
    sharedStrings: related('sharedStrings', 'xl/sharedStrings.xml'),
    styles: related('styles', 'xl/styles.xml'),
  };
}

const stateOf = (state: string | undefined): WorkbookSheet['state'] =>
  state === 'hidden' || state === 'veryHidden' ? state : 'visible';

/** The attribute has the prefix that the document gives to the namespace of relationships: 'r' in most. */
const relationshipId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** By id. */
async function readRelationships(archive: Archive): Promise<ReadonlyMap<string, Relationship>> {
  const relationships = await readAllXml<[string, Relationship]>(
    requiredPart(archive, 'xl/_rels/workbook.xml.rels'),
    (emit) => ({
      open(name, attributes) {
        if (name !== 'Relationship') return;
        const part = archive.get(partName(attributes['Target'] ?? ''));
        emit([attributes['Id'] ?? '', { type: posix.basename(attributes['Type'] ?? ''), part }]);
      },
    }),
  );
  return new Map(relationships);
}

/** The workbook is in folder xl: a target is relative to that, or begins with a slash. */
const partName = (target: string): string => posix.resolve('/xl', target).slice(1);

function requiredPart(archive: Archive, name: string): Part {
  const part = archive.get(name);
  if (part) return part;
  throw new WorkbookError('It is no XLSX file. Save the sheet as XLSX, or as CSV.');
}
