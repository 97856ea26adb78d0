import { type Entry, getFileNameLowLevel, openPromise } from 'yauzl';
import { type Message, message } from '../../i18n/message.js';
import { ArchiveError, type ArchiveMember, type Members } from './member.js';

const FOLDER_MODE = 0o040000;
const LINK_MODE = 0o120000;
const TYPE_MASK = 0o170000;

/** Yields the members listed in the central directory; differing local headers are ignored. */
export async function* zipMembers(path: string): Members {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // Names are only labels here, so a name with `..` is shown and does not make the library reject the archive.
    decodeStrings: false,
    validateEntrySizes: false,
  }).catch(throwArchiveError);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      const mode = (entry.externalFileAttributes >>> 16) & TYPE_MASK;
      if (name.endsWith('/') || mode === FOLDER_MODE || mode === LINK_MODE) continue;
      yield {
        name,
        bytes: entry.uncompressedSize,
        packed: entry.compressedSize,
        crc32: entry.crc32,
        ...refusalOf(entry),
        read: () => zip.openReadStreamPromise(entry),
      } satisfies ArchiveMember;
    }
  } catch (error) {
    throwArchiveError(error);
  } finally {
    zip.close();
  }
}

function throwArchiveError(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error;
  throw new ArchiveError('not-readable', message('scan.archive.noZip'), { cause: error });
}

function refusalOf(entry: Entry): { refused?: Message } {
  if (entry.isEncrypted()) return { refused: message('scan.archive.encrypted') };
  if (!entry.canDecodeFileData()) return { refused: message('scan.archive.packing') };
  return {};
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
