import { execFile } from 'node:child_process';
import { createChildEnvironment } from '../sandbox/child-environment.js';
import { findUnpacker, UNPACKERS, type Unpacker } from './unpack.js';

export interface InstalledUnpacker {
  program: Unpacker;
  /** Absent if the program is not installed. */
  path?: string;
  /** Absent if the program does not print one. */
  version?: string;
}

const ANSWER_MILLIS = 5_000;
/** Options that print a version. bzip2 has no option that prints only its version, and 7z has none at all. */
const VERSION_OPTIONS: Readonly<Record<Unpacker, string>> = {
  xz: '--version',
  bzip2: '--help',
  zstd: '--version',
  '7z': '--help',
};

/** Finds the installed unpacking programs, in the order of `UNPACKERS`. */
export const findUnpackers = (): Promise<InstalledUnpacker[]> =>
  Promise.all(
    (Object.keys(UNPACKERS) as Unpacker[]).map(async (program) => {
      const path = findUnpacker(program);
      if (path === undefined) return { program };
      const version = await versionOf(path, VERSION_OPTIONS[program]);
      return { program, path, ...(version === undefined ? {} : { version }) };
    }),
  );

function versionOf(path: string, option: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: ANSWER_MILLIS, env: createChildEnvironment(), killSignal: 'SIGKILL' } as const;
    // bzip2 prints it on standard error.
    execFile(path, [option], options, (_, out, told) =>
      resolve(/\d+\.\d+(\.\d+)?/.exec(`${out}\n${told}`.slice(0, 400))?.[0]),
    );
  });
}

/** Returns lines such as `xz 5.8.1` for the installed programs. */
export const listUnpackerVersions = async (): Promise<string[]> =>
  (await findUnpackers())
    .filter(({ path }) => path !== undefined)
    .map(({ program, version }) => `${program} ${version ?? ''}`.trim());
