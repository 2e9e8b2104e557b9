import { resolve } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { authorise } from './authorise.js';
import { bearerToken } from './bearer.js';
import type { Identity } from './identity.js';
import { readKeyFile } from './key-file.js';
import type { KeySource } from './key-source.js';
import { keysFrom } from './keys.js';
import { AuthorityError } from './authority-error.js';
import { ensureKeyPair, keyFilesIn } from './signing-key.js';
import { TokenRefusedError } from './token-refused-error.js';
import { openVault, type VaultUrl } from './vault/open.js';
import type { Vault } from './vault/port.js';
import { newVerifier, type Verified } from './verify.js';

/** Who comes in, as who. */
export interface Authority {
  /**
   * Judges the Authorization fields of a request, all of them, or what stands for them: null is somebody who does not say
   * who they are and may read all the same. Whoever is let in may read.
   * @throws {AuthorityError} with the HTTP status of the whole answer.
   */
  admit(authorization: readonly string[]): Promise<Identity | null>;
  readonly vault: Vault;
  close(): Promise<void>;
}

/** The settings that concern who comes in, under their names in the configuration. */
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

/** The form of the ids that we give to actors. */
export const isActorId = (text: string): boolean => UUID.test(text);

/** The actor that a valid token stands for. @throws {TokenRefusedError} */
async function actorOf({ issuer, subject, person }: Verified, own: boolean, vault: Vault): Promise<string> {
  if (!own) return vault.actorOf(issuer, subject, person);
  if (!isActorId(subject)) throw new TokenRefusedError('The claim "sub" is not the id of an actor.');
  if (!(await vault.enrol(subject, person))) throw new TokenRefusedError('The actor was erased.');
  return subject;
}

/** Opens the vault and, where we issue tokens, makes sure of the key pair. @throws {ExpectedError} */
export async function openAuthority(
  settings: AuthoritySettings,
  logger: Logger,
  clock: () => Date = () => new Date(),
): Promise<Authority> {
  const vault = await openVault(settings.vaultUrl, {
    onTraces: (reason) => logger.warn({ reason }, 'Erased somebody whose name is still in files of the vault'),
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
      async admit(authorization) {
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
  // A file is ours to look at before anybody comes; a server may start later than we do.
  if (authJwks.kind === 'FILE') await readKeyFile(authJwks.path);
  return keysFrom(authJwks);
}

/** One answer whatever is wrong: who tries tokens out learns nothing. The reason is in the log, and the token is not. */
function refuse(error: unknown, logger: Logger): never {
  if (!(error instanceof TokenRefusedError)) throw error;
  logger.warn({ reason: error.message }, 'Refused a token');
  throw new AuthorityError('UNAUTHENTICATED', 'The token is not valid.', 'ENTRANCE');
}
