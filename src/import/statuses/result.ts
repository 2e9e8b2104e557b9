/** The value that a text stands for, or why it stands for none. Codes are stable; messages say what is accepted. */
export type Result<T> =
  | { readonly value: T }
  | { readonly refusal: { readonly code: string; readonly message: string } };

export const ok = <T>(value: T): Result<T> => ({ value });

export const refuse = (code: string, message: string): Result<never> => ({ refusal: { code, message } });
