import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** Mode bits that give access to anyone but the owner. */
const OTHER_USERS_MODE = 0o077;
const SQLITE_ENDINGS = ['', '-wal', '-shm', '-journal'] as const;

/**
 * Must be called before SQLite opens a file. Restricts it to its owner, whatever the umask and the folder. SQLite's
 * additional files (`-wal`, `-shm`, `-journal`) inherit the file's mode.
 */
export function makeSqlitePrivate(path: string): void {
  // An existing file is not opened: closing it would release all locks that this process has on it (POSIX).
  if (statSync(path, { throwIfNoEntry: false }) === undefined) closeSync(openSync(path, 'a', 0o600));
  for (const ending of SQLITE_ENDINGS) makePrivate(`${path}${ending}`);
}

/** Restricts a file to its owner. Files of other users are left unchanged; `accessibleMode` reports them. */
export function makePrivate(path: string): void {
  if (accessibleMode(path) === undefined) return;
  try {
    chmodSync(path, 0o600);
  } catch {
    // The file was deleted meanwhile or belongs to another user.
  }
}

/**
 * Returns the mode, such as `755`, of a path that others may read, write or enter; `undefined` if they may not or it
 * does not exist.
 */
export function accessibleMode(path: string, others = OTHER_USERS_MODE): string | undefined {
  // Windows does not use mode bits for permissions.
  if (process.platform === 'win32') return undefined;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & others) === 0 ? undefined : (mode & 0o777).toString(8).padStart(3, '0');
}

/** Returns the paths of a data folder and its database that others can access, with their modes. */
export function findAccessibleFiles(dataDir: string, databasePath: string): { path: string; mode: string }[] {
  return [dataDir, ...SQLITE_ENDINGS.map((ending) => `${databasePath}${ending}`)].flatMap((path) => {
    const mode = accessibleMode(path);
    return mode === undefined ? [] : [{ path, mode }];
  });
}
