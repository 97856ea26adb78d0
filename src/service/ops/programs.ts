import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const OUTPUT_MILLIS = 5_000;
const MAX_OUTPUT_CHARACTERS = 256 * 1024;

/** Returns the path of the first of these programs that is found; `undefined` if none is. */
export async function findProgram(
  names: readonly string[],
  path: string | undefined,
): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of (path ?? '').split(delimiter).filter((one) => one !== '')) {
      const candidate = join(folder, name);
      const runs = await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return candidate;
    }
  }
  return undefined;
}

/** Returns the output of an installed program; `undefined` if it does not run or does not end in time. */
export function readOutput(file: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = {
      timeout: OUTPUT_MILLIS,
      maxBuffer: MAX_OUTPUT_CHARACTERS,
      killSignal: 'SIGKILL',
    } as const;
    execFile(file, [...args], options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}

export async function readFirstLine(file: string, args: readonly string[]): Promise<string | undefined> {
  return (await readOutput(file, args))?.split('\n')[0]?.trim();
}

/** Returns the name of an installed font with Chinese; `undefined` also without fontconfig, which would know of one. */
export async function findChineseFont(path: string | undefined): Promise<string | undefined> {
  const program = await findProgram(['fc-list'], path);
  const families = program && (await readOutput(program, [':lang=zh-cn', 'family']));
  return families?.split(/[\n,]/).find((family) => family.trim() !== '');
}
