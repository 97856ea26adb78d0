import type { Config } from '../../config/settings.js';
import type { Database } from '../../storage/engine/database.js';
import { LawRepository } from '../../storage/law/kysely-laws.js';
import { readOperatorKeys } from '../law-updates/keys.js';
import { LawFolder } from '../law-updates/law-folder.js';
import { LawWatcher, type LawWatcherOptions } from '../law-updates/law-watch.js';

/**
 * Opens the law that a service or worker uses while it runs: that of its folder, or of the shared database if several
 * machines share one. Rejects if the law exists but cannot be loaded.
 */
export async function openFollowedLaw(
  { lawDir, lawKey }: Pick<Config, 'lawDir' | 'lawKey'>,
  database: Pick<Database, 'dialect' | 'query'>,
  parts: Pick<LawWatcherOptions, 'log' | 'onChange'>,
): Promise<LawWatcher> {
  const watch = new LawWatcher({
    ...parts,
    folder: lawDir === undefined ? undefined : new LawFolder(lawDir),
    shared: database.dialect === 'postgres' ? new LawRepository(database) : undefined,
    loadKeys: () => readOperatorKeys(lawKey),
  });
  await watch.start();
  return watch;
}
