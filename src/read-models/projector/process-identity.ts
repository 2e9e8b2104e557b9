import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** This process, for people to read. */
export const processName = `${hostname()}, process ${process.pid}`;

/** This process among all others, and where it can be looked for; null where the system does not tell. */
export const processIdentity: string | null = processId();

function place(): string | null {
  try {
    // Process numbers mean something within one namespace, until the machine is started anew.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

function processId(): string | null {
  const here = place();
  return here === null ? null : `${here} ${process.pid}`;
}

/** Whether a process that ran where this one does has ended. False where that cannot be told. */
export function hasEnded(holder: string | null): boolean {
  const here = place();
  if (holder === null || here === null || !holder.startsWith(`${here} `)) return false;
  try {
    process.kill(Number(holder.slice(here.length + 1)), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
