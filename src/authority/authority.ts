import { resolve } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { authorise } from './authorise.js';
import { bearerToken } from './bearer-token.js';
import type { Identity } from './identity.js';
import { readKeyFile } from './verification-key-file.js';
import type { KeySource } from './key-source.js';
import { keysFrom } from './verification-keys.js';
import { AuthorityError } from './authority-error.js';
import { ensureKeyPair, keyFilesIn } from './signing-key.js';
import { TokenRefusedError } from './token-refused-error.js';
import { openVault, type VaultUrl } from './vault/open.js';
import type { Vault } from './vault/port.js';
import { newVerifier, type VerifiedToken } from './verify-token.js';

/** Authenticates requests. */
export interface Authority {
  /**
   * Authenticates a request by all of its Authorization fields. Null is an anonymous request, which may read. Every request
   * that is not refused may read.
   * @throws {AuthorityError} with the HTTP status of the whole answer.
   */
  authenticate(authorization: readonly string[]): Promise<Identity | null>;
  readonly vault: Vault;
  close(): Promise<void>;
}

/** The settings of the authority, under their names in the configuration. */
export interface AuthoritySettings {
  readonly dataDir: string;
  readonly vaultUrl: VaultUrl;
  readonly authJwks: KeySource;
  readonly authIssuer: string;
  readonly authAudience: string;
  readonly authAlgorithms: readonly string[];
  readonly authRolesClaim: string;
  readonly reading: 'public' | 'authenticated';
}

/** Whether tokens are verified with our own key pair, so that we issue them. */
export const issuesTokens = ({ dataDir, authJwks }: Pick<AuthoritySettings, 'dataDir' | 'authJwks'>): boolean =>
  authJwks.kind === 'FILE' && resolve(authJwks.path) === resolve(keyFilesIn(dataDir).published);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text has the form of the ids that we give to actors. */
export const isActorId = (text: string): boolean => UUID.test(text);

/** The actor of a valid token. @throws {TokenRefusedError} */
async function actorOf({ issuer, subject, person }: VerifiedToken, own: boolean, vault: Vault): Promise<string> {
  if (!own) return vault.findOrAddActor(issuer, subject, person);
  if (!isActorId(subject)) throw new TokenRefusedError('The claim "sub" is not the id of an actor.');
  if (!(await vault.saveActor(subject, person))) throw new TokenRefusedError('The actor was erased.');
  return subject;
}

/** Opens the vault and, where we issue tokens, makes sure of the key pair. @throws {ExpectedError} */
export async function openAuthority(
  settings: AuthoritySettings,
  logger: Logger,
  clock: () => Date = () => new Date(),
): Promise<Authority> {
  const vault = await openVault(settings.vaultUrl, {
    onIncompleteErasure: (reason) =>
      logger.warn({ reason }, 'Erased an actor whose name may still be in files of the vault'),
  });
  try {
    const own = issuesTokens(settings);
    const keys = await openKeys(settings, own, vault);
    const {
      authIssuer: issuer,
      authAudience: audience,
      authAlgorithms: algorithms,
      authRolesClaim: rolesClaim,
    } = settings;
    const verify = newVerifier({ keys, issuer, audience, algorithms, rolesClaim, clock });

    const identify = async (authorization: readonly string[]): Promise<Identity | null> => {
      const token = bearerToken(authorization);
      if (token === null) return null;
      const verified = await verify(token);
      return { actor: await actorOf(verified, own, vault), roles: verified.roles, expiresAt: verified.expiresAt };
    };

    return {
      vault,
      async authenticate(authorization) {
        const identity = await identify(authorization).catch((error: unknown) => refuse(error, logger));
        if (settings.reading === 'authenticated') authorise(identity, 'READ', 'ENTRANCE');
        return identity;
      },
      close: () => vault.close(),
    };
  } catch (error) {
    await vault.close();
    throw error;
  }
}

async function openKeys(
  { dataDir, authJwks }: AuthoritySettings,
  own: boolean,
  vault: Vault,
): Promise<JWTVerifyGetKey> {
  if (own) await ensureKeyPair(keyFilesIn(dataDir), vault);
  // A file is checked at the start. A server of keys is not, because it may start later than this program.
  if (authJwks.kind === 'FILE') await readKeyFile(authJwks.path);
  return keysFrom(authJwks);
}

/** Refuses with one message whatever the reason, so that trying tokens out teaches nothing. The log has the reason, not the token. */
function refuse(error: unknown, logger: Logger): never {
  if (!(error instanceof TokenRefusedError)) throw error;
  logger.warn({ reason: error.message }, 'Refused a token');
  throw new AuthorityError('UNAUTHENTICATED', 'The token is not valid.', 'ENTRANCE');
}
