import { fault } from '../../base/fault.js';
import type { StoredReport } from '../../core/report/report.js';
import type { CheckedPictures } from '../../inspect/checks/pictures-check.js';
import type { PictureMaker } from '../../inspect/makers/pictures.js';
import type { InspectRequest } from '../../inspect/pool/inspector.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';

/** Maximum number of files waiting for pictures, since their bytes are on disk meanwhile; further ones get none. */
export const MAX_WAITING = 64;

const BUSY = fault('pictures.busy');

/**
 * Makes the pictures of one file. A file that cannot be opened any more has none; rejects only on an internal error or
 * when stopped.
 */
export async function makePictures(
  { path, sidecarPath, tenant: party }: Pick<InspectRequest, 'path' | 'sidecarPath' | 'tenant'>,
  maker: Pick<PictureMaker, 'make' | 'waiting'>,
  { soon = false } = {},
): Promise<CheckedPictures> {
  if (!soon && maker.waiting >= MAX_WAITING) return { made: [], missing: [{ kind: 'preview', ...BUSY }] };
  try {
    return await maker.make({ path, sidecarPath, isUrgent: soon, tenant: party });
  } catch (error) {
    if (!(error instanceof InspectError) || error.code === 'internal') throw error;
    return { made: [], missing: [{ kind: 'preview', ...fault('file.gone') }] };
  }
}

/** Returns whether a file can have pictures; documents only if they hold some or carry Content Credentials. */
export function canHavePictures({ asset, contentCredentials, parts = [] }: StoredReport): boolean {
  const seen = asset.kind === 'image' || asset.kind === 'video' || asset.kind === 'audio';
  const holds = parts.some(({ outcome }) => outcome?.kind === 'image');
  return seen || holds || contentCredentials.presence === 'present';
}
