/** No lone surrogate and no NUL character. */
export const isWellFormedText = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');
