/** A setting, which one environment variable sets. */
export interface Setting<T> {
  /** The environment variable. */
  readonly name: string;
  /** A text of the variable. `{NAME}` is replaced by the value of the setting NAME. */
  readonly default: string;
  /** Completes the sentence "NAME accepts …". */
  readonly accepts: string;
  readonly description: string;
  /** The value of the text; undefined when the setting does not accept it. */
  readonly parse: (text: string) => T | undefined;
}

/** Returns its argument. It infers the type of the value, which differs from setting to setting. */
export const setting = <T>(setting: Setting<T>): Setting<T> => setting;

/** The text of a setting as JSON, with the passwords of URLs replaced. */
export const redactPasswords = (text: string): string =>
  // The password ends at the last @, because it may contain others that were not encoded. The second pattern covers URLs whose
  // slashes are missing.
  JSON.stringify(
    text
      .replace(/\/\/.*@/s, '//***@')
      .replace(/^((postgres(ql)?|kurrentdb|esdb)(\+discover)?:\/?)[^/].*@/is, '$1***@')
      .replaceAll(/([?&]password=)[^&]*/gi, '$1***'),
  );
