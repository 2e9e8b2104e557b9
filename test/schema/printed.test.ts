import { readFileSync } from 'node:fs';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema } from '../../schema/print-schema.js';
import { theSchema } from '../support/execute.js';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Everything in a type that a client may ask the meaning of, by its path. */
function* partsOf(type: GraphQLNamedType): Generator<readonly [string, Described]> {
  yield [type.name, type];
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  for (const field of Object.values(type.getFields())) {
    yield [`${type.name}.${field.name}`, field];
    for (const argument of field.args) yield [`${type.name}.${field.name}(${argument.name})`, argument];
  }
}

const parts = Object.values(theSchema().getTypeMap())
  .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
  .flatMap((type) => [...partsOf(type)]);

describe('the schema', () => {
  it('is committed as the code says it: npm run schema:print writes it', () => {
    const file = new URL('../../schema/schema.graphql', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(printedSchema(theSchema()));
  });

  it('describes every type, field, argument, input field and enum value', () => {
    expect(parts.length).toBeGreaterThan(300);
    expect(parts.filter(([, { description }]) => !description?.trim()).map(([path]) => path)).toEqual([]);
  });

  it('describes nothing by its name alone', () => {
    const wordless = ([, { name, description }]: readonly [string, Described]): boolean =>
      description?.replaceAll(/\W/g, '').toLowerCase() === name.toLowerCase();
    expect(parts.filter(wordless).map(([path]) => path)).toEqual([]);
  });
});
