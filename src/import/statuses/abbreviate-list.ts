const MAX_NAME_COUNT = 20;

/** "a, b, c": for messages. A long list is cut off, since it would fill a screen. */
export const abbreviateList = (names: readonly string[]): string =>
  names.length > MAX_NAME_COUNT
    ? `${names.slice(0, MAX_NAME_COUNT).join(', ')} and ${names.length - MAX_NAME_COUNT} more`
    : names.join(', ');
