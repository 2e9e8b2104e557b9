import type { Identity } from '../../src/authority/identity.js';
import type { Role } from '../../src/authority/role.js';
import type { Answer } from '../support/answer.js';
import type { TestApi } from '../support/test-api.js';

/** Somebody with a role, whose token is good for as long as the tests run. */
export const somebody = (role: Role, actor: string = role): Identity => ({
  actor,
  roles: [role],
  expiresAt: new Date('2100-01-01T00:00:00Z'),
});

/** What came of a mutation, whichever member of the union it is. */
export interface Came {
  readonly __typename: 'Recorded' | 'InvalidInput' | 'NotFound' | 'Conflict';
  readonly code?: string;
  readonly message?: string;
  readonly field?: readonly string[];
  readonly actualRevision?: number | null;
  readonly currentEvent?: { readonly id: string; readonly type: string } | null;
  readonly position?: string | null;
  readonly event?: {
    readonly id: string;
    readonly type: string;
    readonly position: string;
    readonly revision: number;
    readonly recordedBy: { readonly id: string; readonly name: string | null };
    readonly data: Readonly<Record<string, unknown>>;
  } | null;
  readonly allEvents?: readonly { readonly id: string; readonly type: string; readonly position: string }[];
  readonly subject?: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly revision: number;
  } | null;
}

const CAME = /* GraphQL */ `
  __typename
  ... on Recorded { position event { id type position revision recordedBy { id name } data } allEvents { id type position } subject { id key name revision } }
  ... on Problem { code message }
  ... on InvalidInput { field }
  ... on Conflict { actualRevision currentEvent { id type } }
`;

const inputTypes: Readonly<Record<string, string>> = {
  recordStatus: 'RecordStatusInput',
  correctStatus: 'CorrectStatusInput',
  withdrawStatus: 'WithdrawStatusInput',
};

const typeOfInput = (mutation: string): string =>
  inputTypes[mutation] ?? `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}Input`;

export const documentOf = (mutation: string): string =>
  `mutation ($input: ${typeOfInput(mutation)}!) { came: ${mutation}(input: $input) { ${CAME} } }`;

export interface Recording {
  /** Asks for something to be recorded, as somebody who may do everything unless said otherwise. */
  record(mutation: string, input: object, who?: Identity): Promise<Came>;
  /** The whole answer: for what is not even judged. */
  attempt(mutation: string, input: object, who: Identity | null): Promise<Answer<{ came: Came }>>;
  /** The global id of a region or project. */
  idOf(key: string, kind?: 'region' | 'project'): Promise<string>;
}

export function recordingOn(api: TestApi): Recording {
  const attempt: Recording['attempt'] = (mutation, input, who) =>
    (who ? api.as(who) : api).query<{ came: Came }>(documentOf(mutation), { input });
  return {
    attempt,
    async record(mutation, input, who = somebody('administrator')) {
      const { came } = await api.as(who).ask<{ came: Came }>(documentOf(mutation), { input });
      return came;
    },
    async idOf(key, kind = 'region') {
      const answer = await api.ask<Record<string, { id: string }>>(`query ($key: ID!) { ${kind}(key: $key) { id } }`, {
        key,
      });
      return answer[kind]?.id ?? '';
    },
  };
}

/** A small programme: an ordinal scale, an organisation's worth of nothing, and one region registered in 2020. */
export async function startProgramme({ record }: Recording): Promise<void> {
  const levels = ['1', '2', '3'].map((key) => ({ key, label: { nl: `Fase ${key}`, en: `Phase ${key}` } }));
  const scale = { key: 'phase', subjectKind: 'REGION', kind: 'ORDINAL', label: { nl: 'Fase', en: 'Phase' }, levels };
  await record('defineScale', scale);
  await record('registerRegion', { key: 'noord', name: 'Noord', registeredOn: '2020-01-01' });
}
