/** Why a token is not accepted. For the log only: whoever sent it is told that it was refused, and nothing else. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}
