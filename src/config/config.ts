import { resolve } from 'node:path';
import { addressOf, tenants, type Address } from '../postgres/address.js';
import { redactPasswords, type Setting } from './setting.js';
import { settings } from './settings.js';

type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** The values of all settings. */
export type Config = { readonly [Key in keyof typeof settings]: ValueOf<(typeof settings)[Key]> };

export type Environment = Readonly<Record<string, string | undefined>>;

/** Either the values of all settings, or one sentence for each setting at fault. */
export type ConfigResult =
  | { readonly config: Config; readonly problems?: never }
  | { readonly problems: readonly string[]; readonly config?: never };

const entries: readonly (readonly [string, Setting<unknown>])[] = Object.entries(settings);
const byName = new Map(entries.map(([, setting]) => [setting.name, setting]));

// An empty variable counts as not set, because shells and container files leave a setting out in that way.
const textOf = (setting: Setting<unknown>, environment: Environment): string => {
  const given = environment[setting.name]?.trim();
  if (given !== undefined && given !== '') return given;
  return setting.default.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const other = byName.get(name);
    return other === undefined ? whole : textOf(other, environment);
  });
};

type Tenant = keyof typeof tenants;

/** One of the stores, and its URL. */
type StoreLocation = readonly [Tenant, Config['eventStoreUrl']];

const addressIn = (url: string, tenant: Tenant): Address | null => {
  const address = addressOf(url, tenants[tenant]);
  // A schema name that is not valid is reported when the store is opened.
  return typeof address === 'string' ? null : address;
};

/** One sentence if the store is to be kept where the other store is kept. */
function sharedLocationProblem(
  [tenant, url]: StoreLocation,
  [other, taken]: StoreLocation,
  why: string,
): readonly string[] {
  const [name, others] = [tenants[tenant].setting, tenants[other].setting];
  if (url.engine === 'sqlite' && taken.engine === 'sqlite') {
    if (resolve(url.path) !== resolve(taken.path)) return [];
    return [
      `${name} names the same file as ${others}, ${redactPasswords(taken.path)}; it accepts another file only: ${why}`,
    ];
  }
  if (url.engine !== 'postgres' || taken.engine !== 'postgres') return [];
  const [address, of] = [addressIn(url.url, tenant), addressIn(taken.url, other)];
  if (of === null || of.place !== address?.place) return [];
  return [
    `${name} names the same schema as ${others}, '${of.schema}'; it accepts another schema only (postgres://…?schema=name): ${why}`,
  ];
}

function sharedLocationProblems({ eventStoreUrl, readDatabaseUrl, vaultUrl }: Config): readonly string[] {
  const log: StoreLocation = ['log', eventStoreUrl];
  const readModels: StoreLocation = ['readModels', readDatabaseUrl];
  const vault: StoreLocation = ['vault', vaultUrl];
  return [
    ...sharedLocationProblem(readModels, log, 'read models are thrown away and rebuilt, the log never.'),
    ...sharedLocationProblem(vault, log, 'people are erased from the vault, from the log nothing is.'),
    ...sharedLocationProblem(vault, readModels, 'read models are thrown away and rebuilt, the vault never.'),
  ];
}

/** Reads all settings, and reports all problems together, so that nobody has to repair one variable at a time. */
export const readConfig = (environment: Environment): ConfigResult => {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of entries) {
    const text = textOf(setting, environment);
    const value = setting.parse(text);
    if (value === undefined)
      problems.push(`${setting.name} is ${redactPasswords(text)}; it accepts ${setting.accepts}.`);
    else values[key] = value;
  }
  if (problems.length > 0) return { problems };
  // Every setting has parsed to a value of its own type here.
  const config = values as Config;
  const shared = sharedLocationProblems(config);
  return shared.length > 0 ? { problems: shared } : { config };
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
