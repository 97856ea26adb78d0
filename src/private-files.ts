import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** Bits of a mode by which somebody other than the owner gets in. */
const OTHERS = 0o077;
const SQLITE_ENDINGS = ['', '-wal', '-shm', '-journal'] as const;

/**
 * Called before SQLite opens a file: for its owner alone, whatever the umask and the folder. What SQLite makes beside it
 * (`-wal`, `-shm`, `-journal`) gets the mode that the file itself has by then.
 */
export function keepSqlitePrivate(path: string): void {
  // One that is there is not opened: to close it again would give up every lock that this process has on it (POSIX).
  if (statSync(path, { throwIfNoEntry: false }) === undefined) closeSync(openSync(path, 'a', 0o600));
  for (const ending of SQLITE_ENDINGS) makePrivate(`${path}${ending}`);
}

/** What belongs to another user stays as it is: `openTo` tells of it. */
export function makePrivate(path: string): void {
  if (openTo(path) === undefined) return;
  try {
    chmodSync(path, 0o600);
  } catch {
    // Gone meanwhile, or not ours to change.
  }
}

/** The mode of what others may read, write or enter, as `755`; undefined where they may not, or nothing is there. */
export function openTo(path: string, others = OTHERS): string | undefined {
  // Windows has other ways to say who may.
  if (process.platform === 'win32') return undefined;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & others) === 0 ? undefined : (mode & 0o777).toString(8).padStart(3, '0');
}

/** A data folder and its database: what of them is open to others, and how. */
export function openInDataFolder(dataDir: string, databasePath: string): { path: string; mode: string }[] {
  return [dataDir, ...SQLITE_ENDINGS.map((ending) => `${databasePath}${ending}`)].flatMap((path) => {
    const mode = openTo(path);
    return mode === undefined ? [] : [{ path, mode }];
  });
}
