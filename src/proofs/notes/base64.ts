/**
 * The bytes of a standard base64 text (RFC 4648 section 4); null where it is not their one spelling. The decoder of Node
 * passes over what it does not know, and a signature that could be spelled in two ways could be changed unseen.
 */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
