import type { Config } from './config.js';
import { operatorsKeys } from './law-updates/keys.js';
import { LawFolder } from './law-updates/law-folder.js';
import { LawWatch, type LawWatchParts } from './law-updates/law-watch.js';
import type { Database } from './store/database.js';
import { KyselyLaws } from './store/kysely-laws.js';

/**
 * The law that a service or a worker answers with, as long as it runs: that of its folder, or, where machines share a
 * database, what that says. Rejects where there is some and it cannot be had.
 */
export async function followedLaw(
  { lawDir, lawKey }: Pick<Config, 'lawDir' | 'lawKey'>,
  database: Pick<Database, 'flavour' | 'query'>,
  parts: Pick<LawWatchParts, 'tell' | 'changed'>,
): Promise<LawWatch> {
  const watch = new LawWatch({
    ...parts,
    folder: lawDir === undefined ? undefined : new LawFolder(lawDir),
    shared: database.flavour === 'postgres' ? new KyselyLaws(database) : undefined,
    keys: () => operatorsKeys(lawKey),
  });
  await watch.start();
  return watch;
}
