import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ASSAY } from '../support/program.js';

export const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the real command in a real process. */
export function start(
  args: string[],
  env: Record<string, string> = {},
  cwd?: string,
  bin = ASSAY,
): ChildProcess {
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [bin, ...args], {
    env: { PATH, ...env },
    ...(cwd !== undefined && { cwd }),
  });
}

export async function assay(args: string[], env: Record<string, string> = {}, cwd?: string): Promise<Ran> {
  return finished(start(args, env, cwd));
}

/** Runs the command without root's right to ignore the modes of files; every other user has no such right. */
export async function assayHeldToModes(args: string[]): Promise<Ran> {
  const { PATH = '' } = process.env;
  const held = ['--bounding-set=-dac_override,-dac_read_search', process.execPath, ASSAY, ...args];
  const isRoot = process.getuid?.() === 0;
  return finished(
    isRoot
      ? spawn('setpriv', held, { env: { PATH } })
      : spawn(process.execPath, [ASSAY, ...args], { env: { PATH } }),
  );
}

export async function finished(child: ChildProcess): Promise<Ran> {
  const ran: Ran = { code: null, stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    ran.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ran.stderr += text;
  });
  // A process that has already ended emits no further events.
  const gone = child.exitCode !== null || child.signalCode !== null;
  if (gone) ran.code = child.exitCode;
  else [ran.code] = (await once(child, 'close')) as [number | null];
  return ran;
}

/** Parses each line as JSON. */
export function lines(stdout: string): unknown[] {
  if (!stdout.endsWith('\n')) throw new Error('the last line has no end');
  return stdout
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
