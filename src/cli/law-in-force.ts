import { readConfig } from '../config.js';
import type { Io } from './io.js';

/** Before a command asks anything of law: the operator's is in force, where there is one. */
export async function takeLaw(io: Io): Promise<void> {
  if (!io.env['ASSAY_LAW_DIR']?.trim()) return;
  const { lawDir } = readConfig(io.env);
  if (lawDir !== undefined) await (await import('../law-updates/law-of-folder.js')).takeLawOf(lawDir);
}
