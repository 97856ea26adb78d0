import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, malformed, type Walk } from './walk.js';

/** Members of a ZIP (PKWARE APPNOTE 6.3.10), as its central directory lists them. */
export interface ZipMember {
  /** The whole path, with `/` between its parts, and whatever else its maker wrote. */
  name: string;
  /** Of its local header. */
  headerOffset: number;
  /** Of its packed bytes. Undefined where no local header stands at `headerOffset`. */
  dataOffset: number | undefined;
  packedBytes: number;
  /** As the directory states them. */
  bytes: number;
  /** 0: stored, 8: deflated. */
  method: number;
  crc32: number;
  encrypted: boolean;
}

/** A part has no path, so the library is given ranges instead. */
class AssetRanges extends RandomAccessReader {
  readonly #window: ByteWindow;

  constructor(asset: Asset) {
    super();
    this.#window = new ByteWindow(asset);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#window.bytes(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(bytes.length < length ? new Error('past the end') : null);
      },
      (error: Error) => callback(error),
    );
  }
}

const ENTRY = Buffer.from('PK\x01\x02', 'latin1');

/** `directoryAt`: where the directory begins, where that is known. */
export async function zipDirectory(
  asset: Asset,
): Promise<Walk<ZipMember> & { directoryAt: number | undefined }> {
  const items: ZipMember[] = [];
  let directoryAt: number | undefined;
  try {
    const zip = await fromRandomAccessReaderPromise(new AssetRanges(asset), asset.bytes, {
      autoClose: false,
      // Names are labels here: one with `..` in it is shown, and no reason to refuse the others.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    // The types call this number a boolean.
    const cursor = () => zip.readEntryCursor as unknown as number;
    directoryAt = cursor();
    for await (const entry of zip.eachEntry()) {
      if (items.length >= limits.archiveMembers)
        return {
          items,
          directoryAt,
          fault: bounded('bound.archiveMembers', { most: limits.archiveMembers }),
        };
      items.push(memberOf(entry));
    }
    // The number of entries may be less than there are.
    if ((await asset.read(cursor(), ENTRY.length)).equals(ENTRY))
      return { items, directoryAt, fault: malformed('zip.directory') };
    return { items, directoryAt };
  } catch {
    return {
      items,
      directoryAt,
      fault: malformed(directoryAt === undefined ? 'zip.noDirectory' : 'zip.directory'),
    };
  }
}

const memberOf = (entry: Entry): ZipMember => ({
  name: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
  headerOffset: entry.relativeOffsetOfLocalHeader,
  dataOffset: undefined,
  packedBytes: entry.compressedSize,
  bytes: entry.uncompressedSize,
  method: entry.compressionMethod,
  crc32: entry.crc32,
  encrypted: entry.isEncrypted(),
});
