import { SaxesParser } from 'saxes';
import type { Part } from './archive.js';
import { SAVE_AGAIN, WorkbookError } from './workbook-error.js';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** What to do with the elements of a document, in their order. Names come without their namespace prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a part as XML and yields what the handlers emit, as soon as it is read: memory holds what one chunk of text gives.
 * @param handlersFor is called once, with the function by which handlers emit
 * @throws {WorkbookError}
 */
export async function* readXml<T>(
  part: Part,
  handlersFor: (emit: (item: T) => void) => XmlHandlers,
): AsyncGenerator<T> {
  let emitted: T[] = [];
  const handlers = handlersFor((item) => emitted.push(item));
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  parser.on('opentag', ({ name, attributes }) => handlers.open(localName(name), attributes));
  parser.on('closetag', ({ name }) => handlers.close?.(localName(name)));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));

  const attempt = (work: () => void): T[] => {
    emitted = [];
    try {
      work();
    } catch (error) {
      if (error instanceof WorkbookError) throw error;
      throw new WorkbookError(`Its part ${part.name} is not well-formed XML. ${SAVE_AGAIN}`, { cause: error });
    }
    return emitted;
  };

  for await (const chunk of part.text()) yield* attempt(() => parser.write(chunk));
  yield* attempt(() => parser.close());
}

/** Everything that the handlers emit for a part. @throws {WorkbookError} */
export async function readAllXml<T>(part: Part, handlersFor: (emit: (item: T) => void) => XmlHandlers): Promise<T[]> {
  const items: T[] = [];
  for await (const item of readXml(part, handlersFor)) items.push(item);
  return items;
}

/** The type xsd:boolean: 'true' and '1' are true. */
export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';
