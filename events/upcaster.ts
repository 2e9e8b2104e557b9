/** Turns the data of one schema version into that of the next. Stored events are never rewritten: this runs on reading. */
export type Upcaster<From, To> = (data: From) => To;
