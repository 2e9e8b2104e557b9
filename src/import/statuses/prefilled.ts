/**
 * How the comment begins that says that a sheet was filled in before it was given to people. Levels that they leave as they
 * were are no statements of theirs: without that comment, they are.
 */
export const PREFILLED = '#prefilled';
