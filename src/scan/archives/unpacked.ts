import { type Message, message } from '../../i18n/message.js';
import { UNPACKERS, UnpackFault, unpackLimits } from '../../inspect/makers/unpack.js';
import { archiveLimits } from './archive-limits.js';
import { ArchiveError } from './member.js';

/**
 * Yields the output of a program, limited by the bounds of archives. `packed` is the size of the whole archive in
 * bytes.
 */
export async function* withinRatio(
  pieces: AsyncIterable<Buffer>,
  packed: number,
): AsyncGenerator<Buffer, void, undefined> {
  const { ratio, ratioFromBytes, bytes } = archiveLimits;
  let given = 0;
  for await (const piece of pieces) {
    given += piece.length;
    if (given > ratioFromBytes && given > ratio * packed) {
      throw new ArchiveError('not-checked', message('scan.archive.grew', { ratio: String(ratio) }));
    }
    if (given > bytes) throw new ArchiveError('not-checked', message('scan.archive.tarBytes'));
    yield piece;
  }
}

/**
 * Returns the error to report for a fault of the program. `damaged` is the message for content that the program could
 * not read.
 */
export function archiveErrorOf(error: unknown, damaged: Message): unknown {
  if (!(error instanceof UnpackFault)) return error;
  const { reason, program } = error;
  switch (reason) {
    case 'missing': {
      const missing = message('scan.archive.noProgram', { program, package: UNPACKERS[program] });
      return new ArchiveError('not-checked', missing, { cause: error });
    }
    case 'no-sandbox':
      return new ArchiveError('not-checked', message('scan.archive.noSandbox', { program }), {
        cause: error,
      });
    case 'silent': {
      const seconds = String(unpackLimits.silentMillis / 1_000);
      return new ArchiveError('not-readable', message('scan.archive.silent', { program, seconds }), {
        cause: error,
      });
    }
    case 'failed':
      return new ArchiveError('not-readable', damaged, { cause: error });
  }
}
