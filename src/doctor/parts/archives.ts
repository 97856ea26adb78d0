import { UNPACKERS, type Unpacker } from '../../isolation/unpack.js';
import { type UnpackerHere, unpackersHere } from '../../isolation/unpackers-here.js';
import { said } from '../../say/said.js';
import { asWritten, type Part } from '../part.js';

const ENDINGS: Readonly<Record<Unpacker, string>> = {
  xz: '.tar.xz',
  bzip2: '.tar.bz2',
  zstd: '.tar.zst',
  '7z': '.7z',
};

/** What `assay scan --archives` unpacks with, beside what it reads itself. */
export const archiveParts = async (): Promise<Part[]> => [archivePart(await unpackersHere())];

export function archivePart(all: readonly UnpackerHere[]): Part {
  const id = 'archives';
  const there = all.filter(({ path }) => path !== undefined);
  const lacking = all.filter(({ path }) => path === undefined);
  const detail =
    there.length === 0
      ? said('doctor.archives.none')
      : asWritten(there.map(({ program, version }) => `${program} ${version ?? ''}`.trim()).join(', '));
  if (lacking.length === 0) return { id, state: 'found', detail };
  return {
    id,
    state: there.length === 0 ? 'not-found' : 'limited',
    detail,
    lost: said('doctor.archives.lost', {
      endings: lacking.map(({ program }) => ENDINGS[program]).join(', '),
    }),
    remedy: said('doctor.install', { name: lacking.map(({ program }) => UNPACKERS[program]).join(' ') }),
  };
}
