import { access, constants, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { openTo } from '../../private-files.js';
import type { Part } from '../part.js';

const NAME = 'Data folder';

/** Whether the data folder can be written to, has room for uploads and is closed to others. Nothing is written and no folder made. */
export async function diskParts(dataDir: string, uploadBytes: number): Promise<Part[]> {
  const wanted = resolve(dataDir);
  const there = await nearest(wanted);
  const about = { id: 'disk', name: NAME };
  if (!(await may(there, constants.W_OK | constants.X_OK))) {
    const lost = '`assay serve` cannot keep uploads or reports. `assay inspect` needs no data folder.';
    const remedy = 'Point ASSAY_DATA_DIR to a folder that this user may write to.';
    return [{ ...about, state: 'failed', detail: `${there} cannot be written to`, lost, remedy }];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const detail = `${wanted}${there === wanted ? '' : ' (made when it is first needed)'}, ${gigabytes(free)} free`;
  if (free < uploadBytes) {
    const lost = `The largest upload that is allowed (${gigabytes(uploadBytes)}) does not fit.`;
    return [{ ...about, state: 'limited', detail, lost }];
  }
  const mode = there === wanted ? openTo(wanted) : undefined;
  if (mode !== undefined) {
    const lost = `Other users of this machine may look into it (mode ${mode}).`;
    return [{ ...about, state: 'limited', detail, lost, remedy: `\`chmod 700 ${wanted}\` closes it.` }];
  }
  return [{ ...about, state: 'found', detail }];
}

/** The folder itself, or the one above that it would be made in. */
async function nearest(path: string): Promise<string> {
  for (let here = path; ; here = dirname(here)) {
    if (here === dirname(here) || (await may(here, constants.F_OK))) return here;
  }
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
