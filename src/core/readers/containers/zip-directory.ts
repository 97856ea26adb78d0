import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, malformed, type Walk } from './walk.js';

/** Member of a ZIP (PKWARE APPNOTE 6.3.10), from its central directory. */
export interface ZipMember {
  /** Whole path as written, with `/` between its segments. */
  name: string;
  /** Offset of its local header. */
  headerOffset: number;
  /** Offset of its packed bytes; `undefined` if there is no local header at `headerOffset`. */
  dataOffset: number | undefined;
  packedBytes: number;
  /** Size as the directory states it. */
  bytes: number;
  /** 0: stored, 8: deflated. */
  method: number;
  crc32: number;
  isEncrypted: boolean;
}

/** Gives the library byte ranges, because a part has no path. */
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

/** `directoryAt`: offset of the directory, if known. */
export async function readZipDirectory(
  asset: Asset,
): Promise<Walk<ZipMember> & { directoryAt: number | undefined }> {
  const items: ZipMember[] = [];
  let directoryAt: number | undefined;
  try {
    const zip = await fromRandomAccessReaderPromise(new AssetRanges(asset), asset.bytes, {
      autoClose: false,
      // Names are labels here: a name with `..` is shown and does not invalidate the others.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    // The types declare this number as a boolean.
    const cursor = () => zip.readEntryCursor as unknown as number;
    directoryAt = cursor();
    for await (const entry of zip.eachEntry()) {
      if (items.length >= limits.archiveMembers)
        return {
          items,
          directoryAt,
          fault: bounded('bound.entries', { place: 'ZIP', most: limits.archiveMembers }),
        };
      items.push(memberOf(entry));
    }
    // The stated number of entries may be too small.
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
  isEncrypted: entry.isEncrypted(),
});
