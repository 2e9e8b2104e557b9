import type { MomentRequest } from './moment.js';
import { RequestError } from './request-error.js';

const given = (value: unknown): boolean => value !== undefined && value !== null;

const rules: readonly {
  readonly clash: (at: MomentRequest) => boolean;
  readonly argument: string;
  readonly message: string;
}[] = [
  {
    clash: (at) => given(at.period) && given(at.asOf),
    argument: 'asOf',
    message: 'A period stands for its reference date: give either period or asOf.',
  },
  {
    clash: (at) => at.asPublished === true && !given(at.period),
    argument: 'asPublished',
    message: 'asPublished asks for a period as it was published: name the period too.',
  },
  {
    clash: (at) => at.asPublished === true && (given(at.knownAt) || given(at.position)),
    argument: 'asPublished',
    message: 'asPublished fixes system time at the publication: leave out knownAt and position.',
  },
  {
    clash: (at) => given(at.knownAt) && given(at.position),
    argument: 'position',
    message: 'knownAt and position both fix system time: give one of them.',
  },
  {
    clash: (at) => given(at.position) && given(at.atLeast) && (at.atLeast as number) > (at.position as number),
    argument: 'atLeast',
    message: 'atLeast lies after the position asked for: the answer at a position never includes later events.',
  },
];

/** @throws {RequestError} when two parts of the request cannot hold together. */
export function refuseContradictions(at: MomentRequest, argument: string): void {
  for (const rule of rules) {
    if (rule.clash(at)) throw new RequestError('CONTRADICTORY_MOMENT', `${argument}.${rule.argument}`, rule.message);
  }
}
