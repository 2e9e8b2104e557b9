/**
 * Changes of the schema that may break clients and are meant all the same: the path that `npm run schema:check` names, and
 * why. An entry can go once the version before the change is no base of that check any more.
 */
export const acceptedBreaks: Readonly<Record<string, string>> = {};
