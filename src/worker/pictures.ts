import { fault } from '../core/ground/fault.js';
import type { Report } from '../core/report/report.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { InspectRequest } from '../isolation/inspector.js';
import type { PictureMaker } from '../isolation/pictures.js';
import type { CheckedPictures } from '../isolation/pictures-check.js';

/** Files that wait for their pictures; beyond, they are done without: their bytes lie on the disk meanwhile. */
export const MOST_WAITING = 64;

const BUSY = fault('pictures.busy');

/**
 * Pictures of one file. A file that cannot be opened any more is said to have none; only a fault of ours, or being
 * stopped, rejects.
 */
export async function makePictures(
  { path, sidecarPath, party }: Pick<InspectRequest, 'path' | 'sidecarPath' | 'party'>,
  maker: Pick<PictureMaker, 'make' | 'waiting'>,
  { soon = false } = {},
): Promise<CheckedPictures> {
  if (!soon && maker.waiting >= MOST_WAITING) return { made: [], missing: [{ kind: 'preview', ...BUSY }] };
  try {
    return await maker.make({ path, sidecarPath, soon, party });
  } catch (error) {
    if (!(error instanceof InspectError) || error.code === 'internal') throw error;
    return { made: [], missing: [{ kind: 'preview', ...fault('file.gone') }] };
  }
}

/** Documents have pictures only where they carry Content Credentials. */
export function mayHavePictures({ asset, contentCredentials }: Report): boolean {
  const seen = asset.kind === 'image' || asset.kind === 'video' || asset.kind === 'audio';
  return seen || contentCredentials.presence === 'present';
}
