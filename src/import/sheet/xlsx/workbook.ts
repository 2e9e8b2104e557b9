import { UnreadableArchive, type Archive, type Part } from './archive.js';

export interface SheetPart {
  /** As it stands on the tab. */
  readonly name: string;
  /** From 1. */
  readonly place: number;
  readonly hidden: boolean;
  readonly part: Part;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return entities[String(name)] ?? whole;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(String(hexadecimal), 16) : Number(decimal));
  });

/** The attributes of the elements with this name, whatever namespace prefix the file gives them. */
function elements(xml: string, name: string): Map<string, string>[] {
  const tags = xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`, 'g'));
  return [...tags].map(
    ([, attributes = '']) =>
      new Map(
        [...attributes.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key = '', double, single]) => [
          key,
          unescaped(double ?? single ?? ''),
        ]),
      ),
  );
}

async function whole(archive: Archive, name: string): Promise<string> {
  const part = archive.parts.get(name);
  if (!part) throw new UnreadableArchive('It is no XLSX file. Save the sheet as XLSX, or as CSV.');
  let text = '';
  for await (const piece of archive.text(part)) text += piece;
  return text;
}

/** The sheets of a workbook, in the order of their tabs. @throws {UnreadableArchive} */
export async function sheetsOf(archive: Archive): Promise<SheetPart[]> {
  const targets = new Map(
    elements(await whole(archive, 'xl/_rels/workbook.xml.rels'), 'Relationship').map((relation) => [
      relation.get('Id'),
      relation.get('Target') ?? '',
    ]),
  );
  return elements(await whole(archive, 'xl/workbook.xml'), 'sheet').flatMap((sheet, index) => {
    const target = targets.get(sheet.get('r:id')) ?? '';
    const part = archive.parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    const hidden = (sheet.get('state') ?? 'visible') !== 'visible';
    return part ? [{ name: sheet.get('name') ?? '', place: index + 1, hidden, part }] : [];
  });
}
