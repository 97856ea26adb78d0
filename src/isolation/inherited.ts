import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

/**
 * What Assay was started with besides its three streams: a log, a lock, a database that whoever started it had open.
 * Node marks the first 16 numbers as not to be handed on; one at 200 would go to every program it starts, and a reader
 * that a file has taken over could read there.
 */

/** `O_CLOEXEC` as `/proc/self/fdinfo` says it; all that Node and its libraries open has it. */
const NOT_HANDED_ON = 0o2000000;

/** Above this one is closed here and now: a list with a place for each below it would be long. */
const HIGHEST = 4_096;

let known: readonly number[] | undefined;

/** Numbers above the three streams that a program started from here would have too. */
export function inheritedDescriptors(): readonly number[] {
  known ??= numbers().filter((fd) => fd > 2 && isHandedOn(fd));
  for (const fd of known) if (fd > HIGHEST) close(fd);
  known = known.filter((fd) => fd <= HIGHEST);
  return known;
}

let nothing: number | undefined;

type Stream = 'ignore' | 'pipe' | number;

/** These streams for a program, and `/dev/null` in the place of all that it would have from whoever started us. */
export function withoutInherited(streams: readonly Stream[]): Stream[] {
  const isLeft = (fd: number) => fd >= streams.length || streams[fd] === 'ignore';
  const inherited = inheritedDescriptors().filter(isLeft);
  if (inherited.length === 0) return [...streams];
  nothing ??= openSync('/dev/null', 'r+');
  const all = [...streams];
  while (all.length <= Math.max(...inherited)) all.push('ignore');
  for (const fd of inherited) all[fd] = nothing;
  return all;
}

/** Empty where the system does not tell. */
function numbers(): number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

function isHandedOn(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & NOT_HANDED_ON) === 0;
  } catch {
    // It was the one that the list was read through.
    return false;
  }
}

function close(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // Gone already.
  }
}
