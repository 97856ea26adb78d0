import { putInForce } from '../core/law/rulebooks/index.js';
import { LawFolder } from './law-folder.js';
import { loadedLaw } from './loaded-law.js';

/** For a command that runs once: puts in force what the folder says. Rejects where that cannot be read. */
export async function takeLawOf(dir: string): Promise<void> {
  const folder = new LawFolder(dir);
  const current = await folder.current();
  if (current?.digest === undefined) return;
  const law = await loadedLaw(folder, current.digest);
  putInForce(law.folder, law.books);
}
