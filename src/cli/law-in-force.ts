import { readConfig } from '../config.js';
import { type Io, tell } from './io.js';

/** Before a command asks anything of law: the operator's is in force, where there is one. */
export async function takeLaw(io: Io): Promise<void> {
  if (!io.env['ASSAY_LAW_DIR']?.trim()) return;
  const { lawDir } = readConfig(io.env);
  if (lawDir !== undefined) await (await import('../law-updates/law-of-folder.js')).takeLawOf(lawDir);
}

/**
 * For a command that goes on for good: law that has been installed since, or gone back from, comes into force whenever that
 * is asked for, and at no other time. It is told; so is what cannot be read, and what was in force stays then. Undefined
 * where no law is installed here.
 */
export async function lawToFollow(io: Io): Promise<(() => Promise<void>) | undefined> {
  const { lawDir, lawKey } = readConfig(io.env);
  if (lawDir === undefined) return undefined;
  const [{ LawFolder }, { LawWatch }, { operatorsKeys }] = await Promise.all([
    import('../law-updates/law-folder.js'),
    import('../law-updates/law-watch.js'),
    import('../law-updates/keys.js'),
  ]);
  const watch = new LawWatch({
    folder: new LawFolder(lawDir),
    keys: () => operatorsKeys(lawKey),
    tell: (what) => tell(io, what),
  });
  await watch.start();
  // All of one run is asked of the same law.
  watch.stop();
  return () => watch.follow();
}
