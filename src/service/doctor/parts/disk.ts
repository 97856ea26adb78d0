import { access, constants, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { accessibleMode } from '../../../base/files/private-files.js';
import { message } from '../../../i18n/message.js';
import type { DoctorPart } from '../part.js';

/**
 * Checks that the data folder is writable, has room for uploads and is closed to other users. Writes nothing and
 * creates no folder.
 */
export async function checkDisk(dataDir: string, uploadBytes: number): Promise<DoctorPart[]> {
  const wanted = resolve(dataDir);
  const there = await findNearestExisting(wanted);
  const id = 'disk';
  if (!(await canAccess(there, constants.W_OK | constants.X_OK))) {
    return [
      {
        id,
        state: 'failed',
        detail: message('doctor.disk.readOnly', { folder: there }),
        lost: message('doctor.disk.readOnly.lost'),
        remedy: message('doctor.disk.readOnly.remedy'),
      },
    ];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const isThere = there === wanted;
  const about = { folder: wanted, free: gigabytes(free) };
  const detail = isThere ? message('doctor.disk.free', about) : message('doctor.disk.absent', about);
  if (free < uploadBytes) {
    const lost = message('doctor.disk.small', { most: gigabytes(uploadBytes) });
    return [{ id, state: 'limited', detail, lost }];
  }
  const mode = isThere ? accessibleMode(wanted) : undefined;
  if (mode === undefined) return [{ id, state: 'found', detail }];
  const remedy = message('doctor.close', { command: `chmod 700 ${wanted}` });
  return [{ id, state: 'limited', detail, lost: message('doctor.disk.open', { mode }), remedy }];
}

/** Returns the folder itself, or the nearest parent that exists. */
async function findNearestExisting(path: string): Promise<string> {
  for (let here = path; ; here = dirname(here)) {
    if (here === dirname(here) || (await canAccess(here, constants.F_OK))) return here;
  }
}

const canAccess = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
