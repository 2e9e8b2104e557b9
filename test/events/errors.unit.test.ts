import { describe, expect, it } from 'vitest';
import { InvalidEventError, isDeterministicFailure, UnplaceableEventError } from '../../events/errors/event-errors.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';

describe('an error of the program', () => {
  it('has the name of its class, a code, and its cause', () => {
    const cause = new Error('The disk is full.');
    const error = new ExpectedError('The file cannot be written.', { cause });
    expect(error).toBeInstanceOf(PeildatumError);
    expect(error).toMatchObject({ name: 'ExpectedError', code: 'EXPECTED', cause });
    expect(String(new UnplaceableEventError('It cannot be placed.'))).toBe(
      'UnplaceableEventError: It cannot be placed.',
    );
  });

  it('is the fault of an event by its class alone', () => {
    expect(isDeterministicFailure(new InvalidEventError('It is invalid.'))).toBe(true);
    expect(isDeterministicFailure(new UnplaceableEventError('It cannot be placed.'))).toBe(true);
    expect(isDeterministicFailure(new ExpectedError('The file cannot be written.'))).toBe(false);
    expect(isDeterministicFailure(new Error('An error without a code.'))).toBe(false);
  });
});
