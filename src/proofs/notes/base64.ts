/**
 * The bytes of a standard base64 text (RFC 4648 section 4); null for a text that is not their canonical encoding. Node's own
 * decoder ignores unknown characters, and a signature with two encodings could be changed without being noticed.
 */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
