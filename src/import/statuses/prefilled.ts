/**
 * Begins the comment that marks a sheet as prefilled with what is known. A level that people leave as it was in such a sheet
 * is not recorded as a statement of theirs. Without the comment it is.
 */
export const PREFILLED_MARKER = '#prefilled';
