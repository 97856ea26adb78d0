import { inflateSync } from 'node:zlib';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import {
  type CompoundStorage,
  type CompoundStream,
  readCompoundFile,
  toByteSource,
} from '../containers/compound-file.js';
import { type Blip, findBlips } from '../containers/office-blips.js';
import {
  type PresentationRecord,
  readExcelDrawings,
  readPresentationRecords,
} from '../containers/office-records.js';
import { EXCEL, isEncryptedOffice, POWERPOINT, WORD } from '../containers/office-streams.js';
import { type ByteSource, bounded, malformed } from '../containers/walk.js';
import type { InnerParts } from './inner.js';
import { toCalledMedium } from './member-names.js';
import { toPartName } from './part-name.js';

/**
 * Returns pictures, sounds and files in Word, Excel and PowerPoint before Office Open XML. Nested documents of these
 * programs are storages and not files: their pictures are listed, with a note that the documents themselves were not
 * read.
 */
export async function findOfficeParts(asset: Asset): Promise<InnerParts> {
  const { root, fault: walked } = await readCompoundFile(asset);
  const office = new OfficeScanner();
  if (await isEncryptedOffice(root)) office.fault = bounded('part.encrypted');
  else await office.take(root, '');
  return { parts: office.parts, fault: walked ?? office.fault };
}

/** Streams in which Word stores pictures: those of floating shapes and those in the text. */
const WORD_PICTURES: readonly string[] = ['Data', WORD];
const POWERPOINT_PICTURES = 'Pictures';
/** Stream of an embedded file ([MS-OLEDS] §2.3.6), and the names that programs give to files embedded unchanged. */
const NATIVE = '\x01Ole10Native';
const WHOLE_FILES: readonly string[] = ['Package', 'CONTENTS'];
/** Record types of sounds and objects ([MS-PPT] §2.4.16.3 and 2.10.34). */
const RECORD = { sound: 0x07e7, object: 0x1011 } as const;
const RECORDS: ReadonlySet<number> = new Set(Object.values(RECORD));

class OfficeScanner {
  readonly parts: AssetPart[] = [];
  fault: WalkFault | undefined;

  async take({ streams, storages }: CompoundStorage, path: string): Promise<void> {
    for (const stream of streams) {
      if (this.parts.length > limits.parts) return;
      await this.#takeStream(stream, `${path}${toPrintableName(stream.name)}`);
    }
    for (const storage of storages) {
      const place = `${path}${toPrintableName(storage.name)}`;
      const main = storage.streams.find(({ name }) => isMainStream(name));
      if (main) {
        const { offset, bytes } = main;
        this.parts.push({
          kind: 'attachment',
          offset,
          bytes,
          locator: place,
          unreadable: fault('part.packing'),
        });
      }
      await this.take(storage, `${place}/`);
    }
  }

  async #takeStream(stream: CompoundStream, place: string): Promise<void> {
    const { name } = stream;
    const source = toByteSource(stream);
    if (WORD_PICTURES.includes(name) || name === POWERPOINT_PICTURES)
      await this.#takePictures(source, stream, place);
    else if (EXCEL.includes(name)) {
      const { drawings, fault: why } = await readExcelDrawings(source);
      this.fault ??= why;
      await this.#takePictures(drawings, stream, place);
    } else if (name === POWERPOINT) await this.#takeRecords(source, stream, place);
    else if (name === NATIVE) await this.#takeNative(source, stream, place);
    else if (WHOLE_FILES.includes(name))
      this.parts.push({
        ...this.#file(source, stream, 0, stream.bytes),
        kind: 'attachment',
        locator: place,
        isListedIfKnown: true,
      });
  }

  async #takePictures(source: ByteSource, stream: CompoundStream, place: string): Promise<void> {
    const blips = await findBlips(source);
    if (blips === undefined) this.fault ??= malformed('compound.damaged');
    for (const [index, { type, offset, bytes, isCut }] of (blips ?? []).entries())
      this.parts.push({
        ...this.#file(source, stream, offset, bytes),
        kind: 'embedded-picture',
        locator: `${place}, picture ${index + 1}`,
        ...typeOf(type),
        ...(isCut ? { unreadable: fault('part.damaged') } : {}),
      });
  }

  async #takeRecords(source: ByteSource, stream: CompoundStream, place: string): Promise<void> {
    const { items, fault: why } = await readPresentationRecords(source, RECORDS);
    this.fault ??= why;
    for (const [index, record] of items.slice(0, limits.parts + 1).entries()) {
      const isSound = record.type === RECORD.sound;
      this.parts.push({
        ...this.#file(source, stream, record.offset, record.bytes),
        ...(isSound ? {} : { unpack: (most: number) => readObject(source, record, most) }),
        kind: isSound ? 'embedded-sound' : 'attachment',
        locator: `${place}, ${isSound ? 'sound' : 'object'} ${index + 1}`,
      });
    }
  }

  /** Reads a length, flags, three zero-terminated texts, and the file after a second length. */
  async #takeNative(source: ByteSource, stream: CompoundStream, place: string): Promise<void> {
    const head = await source.read(0, Math.min(stream.bytes, NATIVE_HEAD_BYTES));
    const texts: string[] = [];
    let at = 6;
    for (let end = head.indexOf(0, at); end >= 0 && texts.length < 2; end = head.indexOf(0, at)) {
      texts.push(head.toString('latin1', at, end));
      at = end + 1;
    }
    // Two numbers, the length of the copy's path, that path, and the length of the file.
    const path = at + 8 <= head.length ? head.readUInt32LE(at + 4) : head.length;
    const start = at + 8 + path + 4;
    if (start > head.length) return;
    const bytes = head.readUInt32LE(start - 4);
    const [name = ''] = texts;
    if (start + bytes > stream.bytes) return;
    this.parts.push({
      ...this.#file(source, stream, start, bytes),
      kind: 'attachment',
      locator: place,
      ...toPartName(name),
      isListedIfKnown: true,
      ...toCalledMedium(name),
      isCountedIfUnknown: true,
    });
  }

  #file(
    source: ByteSource,
    stream: CompoundStream,
    offset: number,
    bytes: number,
  ): Pick<AssetPart, 'offset' | 'bytes' | 'unpack'> {
    return { offset: stream.offset, bytes, unpack: (most) => bytesOf(source, offset, bytes, most) };
  }
}

/** Longer names and paths are impossible in a file system. */
const NATIVE_HEAD_BYTES = 4_096;

const isMainStream = (name: string): boolean => name === WORD || name === POWERPOINT || EXCEL.includes(name);

/** Names of streams may begin with a control character. */
const toPrintableName = (name: string): string =>
  name.replace(/[^ -~]/g, '').slice(0, limits.partNameCharacters);

const typeOf = (type: Blip['type']): Pick<AssetPart, 'mediaType' | 'unreadable'> =>
  type.startsWith('image/')
    ? { mediaType: type }
    : { unreadable: fault('carrier.notRead', { what: 'format', format: type }) };

async function bytesOf(source: ByteSource, offset: number, bytes: number, most: number): Promise<Buffer> {
  if (bytes > most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
  const found = await source.read(offset, bytes);
  if (found.length < bytes) throw new UnreadablePartError(fault('part.damaged'));
  return found;
}

/**
 * Returns the compound file of an object of another program. It is compressed, after its length, if the record's
 * instance says so.
 */
async function readObject(
  source: ByteSource,
  { instance, offset, bytes }: PresentationRecord,
  most: number,
): Promise<Buffer> {
  const stored = await bytesOf(source, offset, bytes, Math.max(most, 0));
  if (instance !== 1) return stored;
  try {
    return inflateSync(stored.subarray(4), { maxOutputLength: Math.max(1, most) });
  } catch (cause) {
    const why = cause instanceof RangeError ? fault('bound.unpackedPart', { most }) : fault('part.damaged');
    throw new UnreadablePartError(why, { cause });
  }
}
