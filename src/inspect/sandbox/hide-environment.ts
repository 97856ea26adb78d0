import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';

/**
 * The initial environment of a process remains in its memory, where any process of the same user can read it
 * (`/proc/PID/environ`), including database addresses and keys. The environment is therefore copied elsewhere in memory
 * and the original wiped. Nothing changes for this process and its children.
 */

/** Variables that reveal nothing and that operators look for there. */
const VISIBLE_VARIABLES = new Set(
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
const MAX_BYTES = 16 * 1024 ** 2;

/** Returns false if the system has no such file or forbids writing to it; the environment then remains visible. */
export function hideEnvironment(): boolean {
  try {
    const [from, bytes] = locateBlock(readFileSync('/proc/self/stat', 'latin1'));
    if (!(bytes > 0 && bytes <= MAX_BYTES)) return false;
    const memory = openSync('/proc/self/mem', 'r+');
    try {
      const block = Buffer.alloc(bytes);
      if (readSync(memory, block, 0, bytes, from) !== bytes) return false;
      // The C library stores changed variables in memory of its own.
      for (const [name, value] of Object.entries(process.env))
        if (!VISIBLE_VARIABLES.has(name)) process.env[name] = value;
      return writeSync(memory, wipeBlock(block), 0, bytes, from) === bytes;
    } finally {
      closeSync(memory);
    }
  } catch {
    return false;
  }
}

/** `env_start` and `env_end` are fields 50 and 51; field 2 is a name in parentheses that may contain anything. */
function locateBlock(stat: string): [from: number, bytes: number] {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [from, to] = [Number(fields[47]), Number(fields[48])];
  return [from, to - from];
}

/** Format: `NAME=value`, each terminated by a zero byte. */
function wipeBlock(block: Buffer): Buffer {
  for (let at = 0; at < block.length; ) {
    const found = block.indexOf(0, at);
    const end = found === -1 ? block.length : found;
    const [name = ''] = block.toString('latin1', at, end).split('=', 1);
    if (!VISIBLE_VARIABLES.has(name)) block.fill(0, at, end);
    at = end + 1;
  }
  return block;
}
