import { readConfig } from '../../config/settings.js';
import { type Io, printMessage } from './io.js';

/** Loads the operator's law, if one is configured, before a command uses any law. */
export async function loadOperatorLaw(io: Io): Promise<void> {
  if (!io.env['ASSAY_LAW_DIR']?.trim()) return;
  const { lawDir } = readConfig(io.env);
  if (lawDir !== undefined)
    await (await import('../../service/law-updates/law-of-folder.js')).loadLawFromFolder(lawDir);
}

/**
 * Returns a function that puts newly installed or rolled-back law into force, for commands that run indefinitely. The
 * law changes only when it is called. Changes and read errors are printed; after an error the current law stays in
 * force. Returns `undefined` if no law folder is configured.
 */
export async function lawRefresher(io: Io): Promise<(() => Promise<void>) | undefined> {
  const { lawDir, lawKey } = readConfig(io.env);
  if (lawDir === undefined) return undefined;
  const [{ LawFolder }, { LawWatcher: LawWatch }, { readOperatorKeys: operatorsKeys }] = await Promise.all([
    import('../../service/law-updates/law-folder.js'),
    import('../../service/law-updates/law-watch.js'),
    import('../../service/law-updates/keys.js'),
  ]);
  const watch = new LawWatch({
    folder: new LawFolder(lawDir),
    loadKeys: () => operatorsKeys(lawKey),
    log: (what) => printMessage(io, what),
  });
  await watch.start();
  // The timer is stopped, so that one run uses the same law throughout.
  watch.stop();
  return () => watch.follow();
}
