import { access, constants, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { openTo } from '../../private-files.js';
import { said } from '../../say/said.js';
import type { Part } from '../part.js';

/** Whether the data folder can be written to, has room for uploads and is closed to others. Nothing is written and no folder made. */
export async function diskParts(dataDir: string, uploadBytes: number): Promise<Part[]> {
  const wanted = resolve(dataDir);
  const there = await nearest(wanted);
  const id = 'disk';
  if (!(await may(there, constants.W_OK | constants.X_OK))) {
    return [
      {
        id,
        state: 'failed',
        detail: said('doctor.disk.readOnly', { folder: there }),
        lost: said('doctor.disk.readOnly.lost'),
        remedy: said('doctor.disk.readOnly.remedy'),
      },
    ];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const isThere = there === wanted;
  const about = { folder: wanted, free: gigabytes(free) };
  const detail = isThere ? said('doctor.disk.free', about) : said('doctor.disk.absent', about);
  if (free < uploadBytes) {
    const lost = said('doctor.disk.small', { most: gigabytes(uploadBytes) });
    return [{ id, state: 'limited', detail, lost }];
  }
  const mode = isThere ? openTo(wanted) : undefined;
  if (mode === undefined) return [{ id, state: 'found', detail }];
  const remedy = said('doctor.close', { command: `chmod 700 ${wanted}` });
  return [{ id, state: 'limited', detail, lost: said('doctor.disk.open', { mode }), remedy }];
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

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
