import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Handles descriptors that Assay inherited besides its three streams, such as a log, a lock or a database of the
 * program that started it. Node marks only the first 16 as close-on-exec; descriptor 200 would be passed to every
 * child, and a reader taken over by a file could read from it.
 */

/** `O_CLOEXEC` as shown by `/proc/self/fdinfo`; set on all descriptors that Node and its libraries open. */
const CLOSE_ON_EXEC = 0o2000000;

/** Higher descriptors are closed immediately: the list of streams would need an entry for each number below them. */
const MAX_REPLACED_DESCRIPTOR = 4_096;

let cached: readonly number[] | undefined;

/** Returns the descriptors above the three streams that a child would inherit. */
export function findInheritedDescriptors(): readonly number[] {
  cached ??= listDescriptors().filter((fd) => fd > 2 && isInheritable(fd));
  for (const fd of cached) if (fd > MAX_REPLACED_DESCRIPTOR) closeDescriptor(fd);
  cached = cached.filter((fd) => fd <= MAX_REPLACED_DESCRIPTOR);
  return cached;
}

let devNull: number | undefined;

type Stream = 'ignore' | 'pipe' | number;

/** Returns the streams for a child, with `/dev/null` in place of every descriptor it would inherit. */
export function withoutInherited(streams: readonly Stream[]): Stream[] {
  const isLeft = (fd: number) => fd >= streams.length || streams[fd] === 'ignore';
  const inherited = findInheritedDescriptors().filter(isLeft);
  if (inherited.length === 0) return [...streams];
  devNull ??= openSync('/dev/null', 'r+');
  const all = [...streams];
  while (all.length <= Math.max(...inherited)) all.push('ignore');
  for (const fd of inherited) all[fd] = devNull;
  return all;
}

/** Empty if the system does not provide the list. */
function listDescriptors(): number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

function isInheritable(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // The descriptor through which the list was read is closed already.
    return false;
  }
}

function closeDescriptor(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // It is closed already.
  }
}
