import { regionsValue } from '../../../events/reserved-scales.js';
import { subjectOfStream } from '../../../events/streams.js';
import type { SheetValue } from '../sheet/sheet.js';
import { textOf } from '../sheet/text.js';
import { found, notFound, type Found } from './found.js';
import { levelsOf } from './levels.js';
import { subjectsOf, type Subjects } from './subjects.js';
import type { Vocabulary } from './vocabulary.js';

/** Reads a level as its scale has it; on the reserved scales a key, or keys, of what has one. */
export function newLevelReader(vocabulary: Vocabulary): (scale: string, value: SheetValue) => Found<string> {
  const known = new Map<string, (value: SheetValue) => Found<string>>();
  const regions = subjectsOf('REGION', vocabulary);
  const organisations = subjectsOf('ORGANISATION', vocabulary);
  const keyIn = (subjects: Subjects, text: string): Found<string> => {
    const subject = subjects.find(text, 'EITHER');
    return 'refused' in subject ? subject : found(subjectOfStream(subject.value)?.key ?? '');
  };

  function readerFor(scale: string): (value: SheetValue) => Found<string> {
    if (scale === 'parent') return (value) => keyIn(regions, textOf(value));
    if (scale === 'regions') {
      return (value) => {
        const all = textOf(value)
          .split(/[,;]/)
          .map((text) => text.trim())
          .filter((text) => text !== '')
          .map((text) => keyIn(regions, text));
        const wrong = all.find((each) => 'refused' in each);
        return wrong ?? found(regionsValue(all.flatMap((each) => ('value' in each ? each.value : []))));
      };
    }
    const defined = vocabulary.scales.get(scale);
    if (defined) return levelsOf(defined);
    return (value) => keyIn(organisations, textOf(value));
  }

  return (scale, value) => {
    if (typeof value === 'object' && value !== null && 'fault' in value) {
      return notFound(
        'FAULTY_CELL',
        `The cell holds ${value.fault}. Mend it in the spreadsheet, or fill in the level itself.`,
      );
    }
    const reader = known.get(scale) ?? readerFor(scale);
    known.set(scale, reader);
    return reader(value);
  };
}
