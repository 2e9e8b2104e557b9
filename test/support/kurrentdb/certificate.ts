import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly file: string;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
const use = ['-addext', 'extendedKeyUsage=serverAuth', '-addext', 'basicConstraints=critical,CA:FALSE'];

/** A certificate for this machine that nobody trusts who is not given it; null where there is no openssl to make it. */
export function makeCertificate(directory: string): Certificate | null {
  const [file, key] = [join(directory, 'server.crt'), join(directory, 'server.key')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...use, '-keyout', key, '-out', file], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  return { file, certificate: readFileSync(file), key: readFileSync(key) };
}
