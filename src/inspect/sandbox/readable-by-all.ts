import { realpathSync, statSync } from 'node:fs';
import { withAncestors } from './program-files.js';

/** Returns whether every user of this machine can reach and read the path. */
export function isReadableByAll(path: string): boolean {
  try {
    const [itself = path, ...folders] = withAncestors(realpathSync(path));
    const stats = statSync(itself);
    const needed = stats.isDirectory() ? 0o005 : 0o004;
    return (
      (stats.mode & needed) === needed && folders.every((folder) => (statSync(folder).mode & 0o001) !== 0)
    );
  } catch {
    return false;
  }
}
