import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { InvalidEventError } from './errors/event-errors.js';
import { eventDefinitions, eventTypeNames } from './event-types.js';
import { isCivilDate, isInstant, isPartialDate, isUuidV7, isWebAddress } from './formats.js';
import { knownEventType } from './known-event-type.js';

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  formats: {
    'civil-date': isCivilDate,
    'partial-date': isPartialDate,
    instant: isInstant,
    'uuid-v7': isUuidV7,
    'web-address': isWebAddress,
  },
});

const nameOf = (type: string, schemaVersion: number): string => `${type}/${schemaVersion}`;

const validators = new Map<string, ValidateFunction>(
  eventTypeNames.flatMap((type) =>
    eventDefinitions[type].versions.map((schema, index) => [nameOf(type, index + 1), ajv.compile(schema)] as const),
  ),
);

const describe = (errors: readonly ErrorObject[]): string =>
  errors
    .slice(0, 5)
    .map(
      (error) =>
        `${error.instancePath === '' ? 'data' : `data${error.instancePath.replaceAll('/', '.')}`} ${error.message ?? 'is invalid'}${'additionalProperty' in error.params ? ` ('${String(error.params['additionalProperty'])}')` : ''}`,
    )
    .join('; ');

const fieldOf = (error: ErrorObject | undefined): string[] => error?.instancePath.split('/').slice(1) ?? [];

/** Data that was found valid, with the type and version that it was held against. Nobody changes the data of an event. */
const valid = new WeakMap<object, string>();

/** @throws {InvalidEventError} when the data is not what the type and version call for. */
export function validateEvent(type: string, schemaVersion: number, data: unknown): void {
  knownEventType(type, schemaVersion);
  const name = nameOf(type, schemaVersion);
  const validate = validators.get(name);
  if (!validate?.(data)) {
    const errors = validate?.errors ?? [];
    throw new InvalidEventError(`${type} version ${schemaVersion}: ${describe(errors)}.`, fieldOf(errors[0]));
  }
  if (typeof data === 'object' && data !== null) valid.set(data, name);
}

/**
 * Validates an event unless the very same data was found valid before: whoever decides about an event validates it, and
 * the store that is then asked to append it need not do so again.
 * @throws {InvalidEventError}
 */
export function requireValid(type: string, schemaVersion: number, data: unknown): void {
  if (typeof data === 'object' && data !== null && valid.get(data) === nameOf(type, schemaVersion)) return;
  validateEvent(type, schemaVersion, data);
}
