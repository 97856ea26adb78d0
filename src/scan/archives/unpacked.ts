import { UNPACKERS, UnpackFault, unpackLimits } from '../../isolation/unpack.js';
import { type Said, said } from '../../say/said.js';
import { archiveLimits } from './archive-limits.js';
import { ArchiveError } from './member.js';

/** What a program unpacks, held to the bounds of archives. `packed`: bytes of the whole archive. */
export async function* withinRatio(
  pieces: AsyncIterable<Buffer>,
  packed: number,
): AsyncGenerator<Buffer, void, undefined> {
  const { ratio, ratioFromBytes, bytes } = archiveLimits;
  let given = 0;
  for await (const piece of pieces) {
    given += piece.length;
    if (given > ratioFromBytes && given > ratio * packed) {
      throw new ArchiveError('not-checked', said('scan.archive.grew', { ratio: String(ratio) }));
    }
    if (given > bytes) throw new ArchiveError('not-checked', said('scan.archive.tarBytes'));
    yield piece;
  }
}

/** What a fault of the program means for whoever started the scan. `damaged`: where it read what it could not understand. */
export function archiveErrorOf(error: unknown, damaged: Said): unknown {
  if (!(error instanceof UnpackFault)) return error;
  const { reason, program } = error;
  switch (reason) {
    case 'missing': {
      const missing = said('scan.archive.noProgram', { program, package: UNPACKERS[program] });
      return new ArchiveError('not-checked', missing, { cause: error });
    }
    case 'no-sandbox':
      return new ArchiveError('not-checked', said('scan.archive.noSandbox', { program }), { cause: error });
    case 'silent': {
      const seconds = String(unpackLimits.silentMillis / 1_000);
      return new ArchiveError('not-readable', said('scan.archive.silent', { program, seconds }), {
        cause: error,
      });
    }
    case 'failed':
      return new ArchiveError('not-readable', damaged, { cause: error });
  }
}
