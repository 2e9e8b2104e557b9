/** Whether this can be the name of a key in a signed note: not empty, without spaces of any script, plus or control signs. */
export const isKeyName = (text: string): boolean =>
  text !== '' && text.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(text);
