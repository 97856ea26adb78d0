import { setLawInForce } from '../../core/law/rulebooks/index.js';
import { LawFolder } from './law-folder.js';
import { loadLaw } from './loaded-law.js';

/** Puts the law of the folder in force, for a command that runs once. Rejects if it cannot be read. */
export async function loadLawFromFolder(dir: string): Promise<void> {
  const folder = new LawFolder(dir);
  const current = await folder.readCurrent();
  if (current?.digest === undefined) return;
  setLawInForce((await loadLaw(folder, current.digest)).books);
}
