import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { escapeTerminal } from '../terminal-text.js';

/**
 * Support for running as process 1 of a container. Process 1 inherits orphaned processes, which stay zombies until it
 * waits for them. Node only waits for its own children, but a killed sandbox leaves others behind. As process 1 the
 * program therefore starts itself again below a shell, which waits for all of them.
 */

/**
 * Script for any `sh`: waits for the program, forwards signals to it and exits with its status. Background processes
 * have no standard input, so it is passed on explicitly; on a terminal Ctrl-C reaches the program directly.
 */
export const REAPER_SCRIPT = `
exec 3<&0
"$@" <&3 3<&- &
program=$!
exec 3<&-
for name in TERM HUP QUIT USR1 USR2; do trap "kill -$name $program 2>/dev/null" $name; done
if [ -t 0 ]; then trap : INT; else trap "kill -INT $program 2>/dev/null" INT; fi
code=0
while :; do
  wait $program; code=$?
  kill -0 $program 2>/dev/null || break
done
wait $program; last=$?
[ $last -eq 127 ] || code=$last
exit $code
`;

const SHELL = '/bin/sh';
const PERL = '/usr/bin/perl';
/**
 * System call number of prctl(2). PR_SET_CHILD_SUBREAPER is 36: orphans below become children of this process instead
 * of process 1.
 */
const PRCTL: Readonly<Record<string, number>> = { x64: 157, arm64: 167 };
const FORWARDED_SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGINT'] as const;

const NO_REAPER =
  'assay: this is process 1, and this Node cannot wait for processes that others leave behind; start it below an init (docker run --init)\n';

/** Returns true if this process is process 1 and only has to wait for the program running below it. */
export function runAsInit(): boolean {
  if (process.pid !== 1 || process.platform !== 'linux') return false;
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const reaper = [SHELL, '-c', REAPER_SCRIPT, 'assay', ...program];
  // Available from Node 22.15 on; the shell then replaces process 1.
  const { execve } = process as { execve?: (file: string, args: string[]) => never };
  if (execve !== undefined && existsSync(SHELL)) execve(SHELL, reaper);
  const prctl = PRCTL[process.arch];
  if (prctl === undefined || !existsSync(PERL) || !existsSync(SHELL)) {
    process.stderr.write(NO_REAPER);
    return false;
  }
  runBelowReaper([PERL, '-e', `syscall(${prctl}, 36, 1, 0, 0, 0); exec @ARGV or die`, ...reaper]);
  return true;
}

function runBelowReaper([file = '', ...args]: string[]): void {
  const child = spawn(file, args, { stdio: 'inherit' });
  for (const signal of FORWARDED_SIGNALS) {
    process.on(signal, () => {
      // On a terminal the child has received it directly.
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`assay: ${escapeTerminal(error.message)}\n`);
    process.exit(2);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
