import { resolve } from 'node:path';
import { addressOf, tenants, type Address } from '../postgres/address.js';
import { presentable, type Setting } from './setting.js';
import { settings } from './settings.js';

type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** What the program was told through its environment, checked. */
export type Config = { readonly [Key in keyof typeof settings]: ValueOf<(typeof settings)[Key]> };

export type Environment = Readonly<Record<string, string | undefined>>;

/** Either all settings, or everything that is wrong with them, one sentence each. */
export type ConfigResult =
  | { readonly config: Config; readonly problems?: never }
  | { readonly problems: readonly string[]; readonly config?: never };

const entries: readonly (readonly [string, Setting<unknown>])[] = Object.entries(settings);
const byName = new Map(entries.map(([, setting]) => [setting.name, setting]));

// A variable that is empty counts as not set: that is how shells and container files leave a setting out.
const textOf = (setting: Setting<unknown>, environment: Environment): string => {
  const given = environment[setting.name]?.trim();
  if (given !== undefined && given !== '') return given;
  return setting.default.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const other = byName.get(name);
    return other === undefined ? whole : textOf(other, environment);
  });
};

type Tenant = keyof typeof tenants;

/** Something that is kept, and where. */
type Kept = readonly [Tenant, Config['eventStoreUrl']];

const addressIn = (url: string, tenant: Tenant): Address | null => {
  const address = addressOf(url, tenants[tenant]);
  // What is wrong with a schema is told by whoever connects.
  return typeof address === 'string' ? null : address;
};

/** A sentence about what is to be where something else is; none where it is elsewhere. */
function clash([tenant, url]: Kept, [other, taken]: Kept, why: string): readonly string[] {
  const [name, others] = [tenants[tenant].setting, tenants[other].setting];
  if (url.engine === 'sqlite' && taken.engine === 'sqlite') {
    if (resolve(url.path) !== resolve(taken.path)) return [];
    return [
      `${name} names the same file as ${others}, ${presentable(taken.path)}; it accepts another file only: ${why}`,
    ];
  }
  if (url.engine !== 'postgres' || taken.engine !== 'postgres') return [];
  const [address, of] = [addressIn(url.url, tenant), addressIn(taken.url, other)];
  if (of === null || of.place !== address?.place) return [];
  return [
    `${name} names the same schema as ${others}, '${of.schema}'; it accepts another schema only (postgres://…?schema=name): ${why}`,
  ];
}

function problemsBetween({ eventStoreUrl, readDatabaseUrl, vaultUrl }: Config): readonly string[] {
  const log: Kept = ['log', eventStoreUrl];
  const readModels: Kept = ['readModels', readDatabaseUrl];
  const vault: Kept = ['vault', vaultUrl];
  return [
    ...clash(readModels, log, 'read models are thrown away and rebuilt, the log never.'),
    ...clash(vault, log, 'people are erased from the vault, from the log nothing is.'),
    ...clash(vault, readModels, 'read models are thrown away and rebuilt, the vault never.'),
  ];
}

/** Reads all settings. What is wrong is told all at once, so that nobody repairs one variable at a time. */
export const readConfig = (environment: Environment): ConfigResult => {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of entries) {
    const text = textOf(setting, environment);
    const value = setting.parse(text);
    if (value === undefined) problems.push(`${setting.name} is ${presentable(text)}; it accepts ${setting.accepts}.`);
    else values[key] = value;
  }
  if (problems.length > 0) return { problems };
  // Every key of the settings has a value of its own type by now.
  const config = values as Config;
  const between = problemsBetween(config);
  return between.length > 0 ? { problems: between } : { config };
};

/** The settings as a text for --help. */
export const settingsHelp = (): string => {
  const width = Math.max(...entries.map(([, { name }]) => name.length)) + 2;
  const lines = entries.flatMap(([, { name, default: byDefault, accepts, description }]) => [
    `  ${name.padEnd(width)}${description}`,
    `  ${''.padEnd(width)}Accepts ${accepts}.`,
    `  ${''.padEnd(width)}Default: ${byDefault}`,
  ]);
  return ['Settings, as environment variables:', ...lines, ''].join('\n');
};
