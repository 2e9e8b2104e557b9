import { randomUUID } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { issuesTokens } from '../../authority/authority.js';
import { issueToken, OWN_ALGORITHM } from '../../authority/issue-token.js';
import { isRole, roles, type Role } from '../../authority/role.js';
import { ensureKeyPair, keyFilesIn, readSigningKey } from '../../authority/signing-key.js';
import { openVault } from '../../authority/vault/open.js';
import type { Person, Vault } from '../../authority/vault/port.js';
import type { Config } from '../../config/config.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { parseActorOption } from '../actor-option.js';
import type { RegisterCommand } from '../program.js';

interface TokenOptions {
  readonly role: readonly Role[];
  readonly name?: string;
  readonly email?: string;
  readonly days: number;
  readonly actor?: string;
}

const MAX_VALIDITY_DAYS = 3_650;
const DEFAULT_VALIDITY_DAYS = 30;
const DAY_MS = 86_400_000;

/** `peildatum token`: issues a token, for installations without an identity provider. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('token')
    .description('Issue a token to record with, or to read with where reading is not public. It is printed on stdout.')
    .requiredOption(
      '--role <roles>',
      `the role of the bearer: ${roles.join(', ')}; several are separated by commas`,
      parseRoles,
    )
    .option('--name <name>', 'the name of the bearer; stored in the vault, not in the token')
    .option('--email <address>', 'the e-mail address of the bearer; stored in the vault, not in the token')
    .option(
      '--days <number>',
      `for how many days the token is valid, 1 to ${MAX_VALIDITY_DAYS}`,
      parseDays,
      DEFAULT_VALIDITY_DAYS,
    )
    .option(
      '--actor <id>',
      'an actor that had a token before; without it the token is for a new actor',
      parseActorOption,
    )
    .action(async (options: TokenOptions) => {
      const { token, actor, expiresAt } = await issue(options, config());
      stdout.write(`${token}\n`);
      stderr.write(`For actor ${actor} as ${options.role.join(', ')}, valid until ${expiresAt.toISOString()}.\n`);
    });
};

function parseRoles(text: string): readonly Role[] {
  const words = text.split(',').map((word) => word.trim());
  if (!words.every(isRole)) throw new InvalidArgumentError(`The roles are ${roles.join(', ')}.`);
  return [...new Set(words)];
}

function parseDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > MAX_VALIDITY_DAYS)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${MAX_VALIDITY_DAYS}.`);
  return days;
}

async function issue(options: TokenOptions, config: Config) {
  const { dataDir, vaultUrl, authIssuer: issuer, authAudience: audience, authRolesClaim: rolesClaim } = config;
  refuseForeignKeys(config);
  const files = keyFilesIn(dataDir);
  const vault = await openVault(vaultUrl);
  try {
    await ensureKeyPair(files, vault);
    const key = readSigningKey(files);
    const actor = await enrol(options, vault);
    const issuedAt = new Date();
    const expiresAt = new Date(issuedAt.getTime() + options.days * DAY_MS);
    const content = { actor, roles: options.role, issuer, audience, rolesClaim, issuedAt, expiresAt };
    return { token: await issueToken(content, key), actor, expiresAt };
  } finally {
    await vault.close();
  }
}

function refuseForeignKeys(config: Config): void {
  if (!issuesTokens(config)) {
    throw new ExpectedError(
      'AUTH_JWKS names the keys of an identity provider, which issues the tokens. Without AUTH_JWKS they can be issued here.',
    );
  }
  if (!config.authAlgorithms.includes(OWN_ALGORITHM)) {
    throw new ExpectedError(`AUTH_ALGORITHMS leaves out ${OWN_ALGORITHM}, with which tokens are signed here. Add it.`);
  }
}

async function enrol({ actor, ...options }: TokenOptions, vault: Vault): Promise<string> {
  const { name = null, email = null }: Partial<Person> = options;
  if (actor === undefined && (name === null || name.trim() === '')) {
    throw new ExpectedError(
      'A new actor needs a name: add --name "…", or --actor <id> for one who had a token before.',
    );
  }
  if (actor !== undefined && (await vault.statusOf(actor)) === 'UNKNOWN') {
    throw new ExpectedError(`The vault knows no actor ${actor}. Leave out --actor for a new one.`);
  }
  const id = actor ?? randomUUID();
  if (await vault.saveActor(id, { name, email })) return id;
  throw new ExpectedError(`Actor ${id} was erased, for good. Leave out --actor for a new one.`);
}
