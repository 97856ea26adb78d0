import { realpathSync, statSync } from 'node:fs';
import { withAncestors } from './program-files.js';

/** Whether any user of this machine may read what stands there, and come to it. */
export function readableByAll(path: string): boolean {
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
