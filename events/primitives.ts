import { Type, type Static } from 'typebox';

/** The schemas that event families share. `additionalProperties: false` throughout: what a schema does not name is refused. */
export const closed = { additionalProperties: false } as const;

/** A readable slug that names something through all time: 'zeeland', 'arnhem-food-valley', 'P-001', '2020-10'. */
export const Key = Type.String({ pattern: '^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$', maxLength: 80 });

/** A calendar date without a zone, ISO 8601 'YYYY-MM-DD'. */
export const CivilDate = Type.String({ format: 'civil-date' });

/** Text that a person wrote. No place for personal data: the log forgets nothing. */
export const FreeText = Type.String({ minLength: 1, maxLength: 4000 });

export const EventId = Type.String({ format: 'uuid-v7' });

/** A text in Dutch, and in English where there is one. */
export const Label = Type.Object({ nl: FreeText, en: Type.Union([FreeText, Type.Null()]) }, closed);
export type Label = Static<typeof Label>;

/** How a status is known: seen by the recorder, printed in a publication, or inferred from printed totals. */
export const Basis = Type.Enum(['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED']);
export type Basis = Static<typeof Basis>;

/** Where a statement can be checked: a document, the place in it, and its address. */
export const Evidence = Type.Object(
  {
    title: FreeText,
    locator: Type.Union([FreeText, Type.Null()]),
    url: Type.Union([Type.String({ format: 'web-address' }), Type.Null()]),
  },
  closed,
);
export type Evidence = Static<typeof Evidence>;

export const EvidenceList = Type.Array(Evidence, { maxItems: 20 });

export const SubjectKind = Type.Enum(['REGION', 'PROJECT']);
export type SubjectKind = Static<typeof SubjectKind>;

export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Why something was recorded and where it can be checked, on events that need neither. */
export const optionalGrounds = { reason: Type.Optional(FreeText), evidence: Type.Optional(EvidenceList) };
