import type { Part } from './archive.js';
import type { NumberFormat } from './number-format.js';
import { readAllXml } from './xml.js';

interface StyleXml {
  readonly kind: 'BASE' | 'CELL';
  readonly formatId: number | null;
  readonly baseIndex: number | null;
}

const numberOrNull = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** The number format of each cell style, in the order in which cells refer to them. @throws {WorkbookError} */
export async function readStyles(part: Part): Promise<NumberFormat[]> {
  const codes = new Map<number, string | null>();
  const styles = await readAllXml<StyleXml>(part, (emit) => {
    let kind: StyleXml['kind'] | null = null;
    return {
      open(name, attributes) {
        if (name === 'cellStyleXfs') kind = 'BASE';
        else if (name === 'cellXfs') kind = 'CELL';
        else if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? null);
        else if (name === 'xf' && kind) {
          emit({
            kind,
            formatId: numberOrNull(attributes['numFmtId']),
            baseIndex: numberOrNull(attributes['xfId']),
          });
        }
      },
      close(name) {
        if (name === 'cellStyleXfs' || name === 'cellXfs') kind = null;
      },
    };
  });
  const base = styles.filter(({ kind }) => kind === 'BASE');
  return styles
    .filter(({ kind }) => kind === 'CELL')
    .map(({ formatId, baseIndex }) => {
      const id = formatId ?? base[baseIndex ?? -1]?.formatId ?? 0;
      return { id, code: codes.get(id) ?? null };
    });
}
