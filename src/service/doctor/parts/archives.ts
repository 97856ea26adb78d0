import { message } from '../../../i18n/message.js';
import { findUnpackers, type InstalledUnpacker } from '../../../inspect/makers/installed-unpackers.js';
import { UNPACKERS, type Unpacker } from '../../../inspect/makers/unpack.js';
import { type DoctorPart, verbatimMessage } from '../part.js';

const ENDINGS: Readonly<Record<Unpacker, string>> = {
  xz: '.tar.xz',
  bzip2: '.tar.bz2',
  zstd: '.tar.zst',
  '7z': '.7z',
};

/** Checks the unpackers that `assay scan --archives` uses besides its built-in readers. */
export const checkArchiveUnpackers = async (): Promise<DoctorPart[]> => [
  toArchivePart(await findUnpackers()),
];

export function toArchivePart(all: readonly InstalledUnpacker[]): DoctorPart {
  const id = 'archives';
  const there = all.filter(({ path }) => path !== undefined);
  const lacking = all.filter(({ path }) => path === undefined);
  const detail =
    there.length === 0
      ? message('doctor.archives.none')
      : verbatimMessage(there.map(({ program, version }) => `${program} ${version ?? ''}`.trim()).join(', '));
  if (lacking.length === 0) return { id, state: 'found', detail };
  return {
    id,
    state: there.length === 0 ? 'not-found' : 'limited',
    detail,
    lost: message('doctor.archives.lost', {
      endings: lacking.map(({ program }) => ENDINGS[program]).join(', '),
    }),
    remedy: message('doctor.install', { name: lacking.map(({ program }) => UNPACKERS[program]).join(' ') }),
  };
}
