import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const ANSWER_MILLIS = 5_000;
const ANSWER_CHARACTERS = 256 * 1024;

/** Where the first of these programs is on the path; undefined where none is. */
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

/** What an installed program prints; undefined where it does not run, or not to its end in time. */
export function answerOf(file: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: ANSWER_MILLIS, maxBuffer: ANSWER_CHARACTERS, killSignal: 'SIGKILL' } as const;
    execFile(file, [...args], options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}

export async function firstLineOf(file: string, args: readonly string[]): Promise<string | undefined> {
  return (await answerOf(file, args))?.split('\n')[0]?.trim();
}
