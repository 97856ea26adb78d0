import { Writable } from 'node:stream';
import { run } from '../../src/cli/run.js';
import type { Ran } from './spawn-assay.js';

/**
 * Runs `assay` in this process and returns its output and exit code, because starting a process takes longer than most
 * commands. For each command, at least one test that starts a process checks that the process passes these on.
 */
export async function assayHere(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const into = (name: keyof typeof said) =>
    new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        said[name] += chunk;
        done();
      },
    });
  const { PATH = '' } = process.env;
  const io = { stdout: into('stdout'), stderr: into('stderr'), env: { PATH, ...env }, isTTY: false };
  return { code: await run(args, io), ...said };
}
