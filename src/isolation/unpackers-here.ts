import { execFile } from 'node:child_process';
import { childEnvironment } from './child-environment.js';
import { UNPACKERS, type Unpacker, unpackerPath } from './unpack.js';

export interface UnpackerHere {
  program: Unpacker;
  /** Undefined where it is not installed. */
  path?: string;
  /** Undefined where it does not say one. */
  version?: string;
}

const ANSWER_MILLIS = 5_000;
/** bzip2 has no option that prints its version and nothing else, and 7z none at all. */
const ASKED: Readonly<Record<Unpacker, string>> = {
  xz: '--version',
  bzip2: '--help',
  zstd: '--version',
  '7z': '--help',
};

/** Which of the programs that unpack are there, in their order. */
export const unpackersHere = (): Promise<UnpackerHere[]> =>
  Promise.all(
    (Object.keys(UNPACKERS) as Unpacker[]).map(async (program) => {
      const path = unpackerPath(program);
      if (path === undefined) return { program };
      const version = await versionOf(path, ASKED[program]);
      return { program, path, ...(version === undefined ? {} : { version }) };
    }),
  );

function versionOf(path: string, option: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: ANSWER_MILLIS, env: childEnvironment(), killSignal: 'SIGKILL' } as const;
    // bzip2 tells it on the other stream.
    execFile(path, [option], options, (_, out, told) =>
      resolve(/\d+\.\d+(\.\d+)?/.exec(`${out}\n${told}`.slice(0, 400))?.[0]),
    );
  });
}

/** `xz 5.8.1`, of those that are there. */
export const unpackerVersions = async (): Promise<string[]> =>
  (await unpackersHere())
    .filter(({ path }) => path !== undefined)
    .map(({ program, version }) => `${program} ${version ?? ''}`.trim());
