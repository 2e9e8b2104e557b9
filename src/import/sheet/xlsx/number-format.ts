/** How a number is shown. Formats below 164 have an id that stands for a code, and mostly no code in the file. */
export interface NumberFormat {
  readonly id: number;
  readonly code: string | null;
}

/** Ids of date and time formats, those of East Asian and Thai editions included. */
const builtInDateFormats: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
];

/** What is shown as it stands: quoted, escaped, or as wide as another character. */
const LITERALS = /"[^"]*"|[\\_*]./gs;
/** Hours, minutes or seconds of a duration, such as '[h]'. */
const ELAPSED_TIME = /\[([hms]{1,2})\]/g;
/** Colours, conditions, currencies and languages. */
const BRACKETS = /\[[^\]]*\]/g;
const SECOND_FRACTION = /s[.,]0+/g;

/** Whether a format shows a number as a date or time. */
export function isDateFormat({ id, code }: NumberFormat): boolean {
  if (builtInDateFormats.some(([first, last]) => id >= first && id <= last)) return true;
  if (code === null) return false;
  const placeholders = code
    .toLowerCase()
    .replaceAll(LITERALS, ' ')
    .replaceAll(ELAPSED_TIME, '$1')
    .replaceAll(BRACKETS, '')
    .replaceAll(SECOND_FRACTION, 's');
  return placeholders.split(';').some((section) => /[dymhs]/.test(section) && !/[0#?%]/.test(section));
}
