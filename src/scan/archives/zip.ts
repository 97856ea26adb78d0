import { type Entry, getFileNameLowLevel, openPromise } from 'yauzl';
import { type Said, said } from '../../say/said.js';
import { ArchiveError, type Member, type Members } from './member.js';

const FOLDER = 0o040000;
const LINK = 0o120000;
const FORMAT = 0o170000;

/** What the central directory lists; local headers that say otherwise are not asked. */
export async function* zipMembers(path: string): Members {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // Names are labels here: one with `..` in it is shown, and no reason to refuse the others.
    decodeStrings: false,
    validateEntrySizes: false,
  }).catch(refuse);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      const mode = (entry.externalFileAttributes >>> 16) & FORMAT;
      if (name.endsWith('/') || mode === FOLDER || mode === LINK) continue;
      yield {
        name,
        bytes: entry.uncompressedSize,
        packed: entry.compressedSize,
        crc32: entry.crc32,
        ...refusedBecause(entry),
        read: () => zip.openReadStreamPromise(entry),
      } satisfies Member;
    }
  } catch (error) {
    refuse(error);
  } finally {
    zip.close();
  }
}

function refuse(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error;
  throw new ArchiveError('not-readable', said('scan.archive.noZip'), { cause: error });
}

function refusedBecause(entry: Entry): { refused?: Said } {
  if (entry.isEncrypted()) return { refused: said('scan.archive.encrypted') };
  if (!entry.canDecodeFileData()) return { refused: said('scan.archive.packing') };
  return {};
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
