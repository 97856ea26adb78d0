import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';

/**
 * What this process was started with stands in its memory for as long as it lives, and any process of the same user may
 * read it there (`/proc/PID/environ`): addresses of databases, keys. So it is copied to where nobody else looks, and
 * wiped where it stood. Nothing changes for this process and for those it starts.
 */

/** What tells nothing, and what operators look for there. */
const KEPT = new Set(
  [
    'HOME',
    'HOSTNAME',
    'LANG',
    'LANGUAGE',
    'LC_ALL',
    'LC_CTYPE',
    'LD_LIBRARY_PATH',
    'LD_PRELOAD',
    'LOGNAME',
  ].concat(['NODE_ENV', 'NODE_OPTIONS', 'PATH', 'PWD', 'SHELL', 'SHLVL', 'TERM', 'TMPDIR', 'TZ', 'USER']),
);

/** Far more than a process is started with. */
const MOST_BYTES = 16 * 1024 ** 2;

/** False where the system has no such place, or does not let us write there: then it is seen as before. */
export function hideEnvironment(): boolean {
  try {
    const [from, bytes] = blockOf(readFileSync('/proc/self/stat', 'latin1'));
    if (!(bytes > 0 && bytes <= MOST_BYTES)) return false;
    const memory = openSync('/proc/self/mem', 'r+');
    try {
      const block = Buffer.alloc(bytes);
      if (readSync(memory, block, 0, bytes, from) !== bytes) return false;
      // The C library keeps what is set in memory of its own, and points there from now on.
      for (const [name, value] of Object.entries(process.env)) if (!KEPT.has(name)) process.env[name] = value;
      return writeSync(memory, wiped(block), 0, bytes, from) === bytes;
    } finally {
      closeSync(memory);
    }
  } catch {
    return false;
  }
}

/** `env_start` and `env_end`, the 50th and 51st field; the second is a name in brackets and may hold anything. */
function blockOf(stat: string): [from: number, bytes: number] {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [from, to] = [Number(fields[47]), Number(fields[48])];
  return [from, to - from];
}

/** `NAME=value`, each with a zero behind it. */
function wiped(block: Buffer): Buffer {
  for (let at = 0; at < block.length; ) {
    const found = block.indexOf(0, at);
    const end = found === -1 ? block.length : found;
    const [name = ''] = block.toString('latin1', at, end).split('=', 1);
    if (!KEPT.has(name)) block.fill(0, at, end);
    at = end + 1;
  }
  return block;
}
