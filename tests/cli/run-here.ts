import { Writable } from 'node:stream';
import { run } from '../../src/cli/run.js';
import type { Ran } from './spawn-assay.js';

/**
 * What `assay` would say and end with, without the process around it, whose start takes longer than most commands. That a
 * process hands on what this gives is held where one is started: one test at least of each command.
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
