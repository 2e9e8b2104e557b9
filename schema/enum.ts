import { registerEnumType } from 'type-graphql';

/**
 * Defines an enum of the schema.
 *
 * @param values what each value means, by its name
 * @returns the names of the values by themselves; `keyof typeof` the result is their type
 */
export function defineEnum<const Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): { readonly [V in Value]: V } {
  // TypeScript types the keys of entries as any string, and does not know that each value stands under its own name.
  const meanings = Object.entries(values) as [Value, string][];
  const names = Object.fromEntries(meanings.map(([value]) => [value, value])) as { readonly [V in Value]: V };
  const valuesConfig: Partial<Record<Value, { description: string }>> = {};
  for (const [value, meaning] of meanings) valuesConfig[value] = { description: meaning };
  registerEnumType(names, { name, description, valuesConfig });
  return names;
}
