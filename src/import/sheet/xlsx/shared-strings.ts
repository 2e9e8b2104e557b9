import type { Part } from './archive.js';
import { newStringItem, type StringItem } from './string-item.js';
import { readAllXml } from './xml.js';

/** The texts that cells refer to by their place in this list. @throws {WorkbookError} */
export const readSharedStrings = (part: Part): Promise<string[]> =>
  readAllXml<string>(part, (emit) => {
    let item: StringItem | null = null;
    return {
      open(name) {
        if (name === 'si') item = newStringItem();
        else item?.open(name);
      },
      close(name) {
        if (name === 'si' && item) {
          emit(item.value());
          item = null;
        } else item?.close(name);
      },
      text: (text) => item?.text(text),
    };
  });
