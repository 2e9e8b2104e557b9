import { regionsValue } from '../../../events/reserved-scales.js';
import { subjectOfStream } from '../../../events/streams.js';
import type { SheetValue } from '../sheet/sheet.js';
import { cellText } from '../sheet/cell-text.js';
import { ok, refuse, type Result } from './result.js';
import { newLevelParser } from './level-parser.js';
import { newSubjectIndex, type SubjectIndex } from './subject-index.js';
import type { ReferenceData } from './reference-data.js';

/** Reads a level as its scale has it; on the reserved scales a key, or keys, of what has one. */
export function newLevelReader(referenceData: ReferenceData): (scale: string, value: SheetValue) => Result<string> {
  const known = new Map<string, (value: SheetValue) => Result<string>>();
  const regions = newSubjectIndex('REGION', referenceData);
  const organisations = newSubjectIndex('ORGANISATION', referenceData);
  const keyIn = (subjects: SubjectIndex, text: string): Result<string> => {
    const subject = subjects.find(text, 'EITHER');
    return 'refusal' in subject ? subject : ok(subjectOfStream(subject.value)?.key ?? '');
  };

  function readerFor(scale: string): (value: SheetValue) => Result<string> {
    if (scale === 'parent') return (value) => keyIn(regions, cellText(value));
    if (scale === 'regions') {
      return (value) => {
        const all = cellText(value)
          .split(/[,;]/)
          .map((text) => text.trim())
          .filter((text) => text !== '')
          .map((text) => keyIn(regions, text));
        const wrong = all.find((each) => 'refusal' in each);
        return wrong ?? ok(regionsValue(all.flatMap((each) => ('value' in each ? each.value : []))));
      };
    }
    const defined = referenceData.scales.get(scale);
    if (defined) return newLevelParser(defined);
    return (value) => keyIn(organisations, cellText(value));
  }

  return (scale, value) => {
    if (typeof value === 'object' && value !== null && 'fault' in value) {
      return refuse(
        'FAULTY_CELL',
        `The cell holds ${value.fault}. Mend it in the spreadsheet, or fill in the level itself.`,
      );
    }
    const reader = known.get(scale) ?? readerFor(scale);
    known.set(scale, reader);
    return reader(value);
  };
}
