/** One thing that can be set, through one environment variable. */
export interface Setting<T> {
  /** The environment variable. */
  readonly name: string;
  /** Text as it could stand in the variable. `{NAME}` stands for what the setting NAME is set to. */
  readonly default: string;
  /** Completes the sentence "NAME accepts …". */
  readonly accepts: string;
  readonly description: string;
  /** What the text means; undefined when it is not acceptable. */
  readonly parse: (text: string) => T | undefined;
}

/** Keeps the type of the value while the settings stand together in one object. */
export const setting = <T>(setting: Setting<T>): Setting<T> => setting;

/** What a person may see of a setting's text: URLs keep their passwords to themselves. */
export const presentable = (text: string): string =>
  // Up to the last @, for a password may hold any character if somebody forgot to encode it.
  // Also where the slashes were forgotten.
  JSON.stringify(
    text
      .replace(/\/\/.*@/s, '//***@')
      .replace(/^((postgres(ql)?|kurrentdb|esdb)(\+discover)?:\/?)[^/].*@/is, '$1***@')
      .replaceAll(/([?&]password=)[^&]*/gi, '$1***'),
  );
