import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { escapeTerminal } from './core/ground/terminal-text.js';

/**
 * The first process of a container gets every process whose parent has died, and each stays as a zombie until it is waited
 * for. Node waits only for what it has started itself, and a killed sandbox leaves processes behind that it has not. So as
 * process 1 the program starts once more, below a shell, which waits for whatever comes.
 */

/**
 * In any `sh`: waits for the program, passes signals on to it, and ends as it ends. What runs in the background would
 * have no standard input, so it is handed over; on a terminal, Ctrl-C reaches the program by itself.
 */
export const REAPER = `
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
/** prctl(2); PR_SET_CHILD_SUBREAPER is 36: orphans below go to this process, and not to process 1. */
const PRCTL: Readonly<Record<string, number>> = { x64: 157, arm64: 167 };
const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGINT'] as const;

const UNAIDED =
  'assay: this is process 1, and this Node cannot wait for processes that others leave behind; start it below an init (docker run --init)\n';

/** True where this process has nothing more to do than to wait for the program, which runs below it. */
export function isOnlyInit(): boolean {
  if (process.pid !== 1 || process.platform !== 'linux') return false;
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const reaper = [SHELL, '-c', REAPER, 'assay', ...program];
  // Since Node 22.15: the shell becomes process 1 itself.
  const { execve } = process as { execve?: (file: string, args: string[]) => never };
  if (execve !== undefined && existsSync(SHELL)) execve(SHELL, reaper);
  const prctl = PRCTL[process.arch];
  if (prctl === undefined || !existsSync(PERL) || !existsSync(SHELL)) {
    process.stderr.write(UNAIDED);
    return false;
  }
  below([PERL, '-e', `syscall(${prctl}, 36, 1, 0, 0, 0); exec @ARGV or die`, ...reaper]);
  return true;
}

function below([file = '', ...args]: string[]): void {
  const child = spawn(file, args, { stdio: 'inherit' });
  for (const signal of PASSED_ON) {
    process.on(signal, () => {
      // On a terminal it has had it already.
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`assay: ${escapeTerminal(error.message)}\n`);
    process.exit(2);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
