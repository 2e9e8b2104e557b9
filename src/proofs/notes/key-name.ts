/** Whether a text can be the name of a key in a signed note: not empty, no space of any script, no plus, no control character. */
export const isKeyName = (text: string): boolean =>
  text !== '' && text.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(text);
