/** What a text stands for, or why that cannot be said. Codes are stable; messages say what is accepted. */
export type Found<T> =
  | { readonly value: T }
  | { readonly refused: { readonly code: string; readonly message: string } };

export const found = <T>(value: T): Found<T> => ({ value });

export const notFound = (code: string, message: string): Found<never> => ({ refused: { code, message } });

/** "a, b, c": cut off where it would fill a screen. */
export const listed = (names: readonly string[]): string =>
  names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');
