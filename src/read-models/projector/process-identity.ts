import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names this process to people. */
export const processName = `${hostname()}, process ${process.pid}`;

/** Names this process to others on the same machine, which can look whether it runs; null where the system does not tell. */
export const processIdentity: string | null = processId();

function processNamespace(): string | null {
  try {
    // Process numbers are unique within one namespace, until the machine is restarted.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

function processId(): string | null {
  const namespace = processNamespace();
  return namespace === null ? null : `${namespace} ${process.pid}`;
}

/** Whether a process on this machine has ended. False where that cannot be told. */
export function hasEnded(identity: string | null): boolean {
  const namespace = processNamespace();
  if (identity === null || namespace === null || !identity.startsWith(`${namespace} `)) return false;
  try {
    process.kill(Number(identity.slice(namespace.length + 1)), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
