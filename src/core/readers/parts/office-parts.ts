import { inflateSync } from 'node:zlib';
import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { compoundFile, type Storage, type Stream, sourceOf } from '../containers/compound-file.js';
import { type Blip, blipsIn } from '../containers/office-blips.js';
import { excelDrawings, type PresentationRecord, presentationRecords } from '../containers/office-records.js';
import { EXCEL, isEncryptedOffice, POWERPOINT, WORD } from '../containers/office-streams.js';
import { type ByteSource, bounded, malformed } from '../containers/walk.js';
import type { Inner } from './inner.js';
import { calledMedium } from './member-names.js';
import { partName } from './part-name.js';

/**
 * Pictures, sounds and files in Word, Excel and PowerPoint before Office Open XML. Documents of these programs within one
 * another are storages and no files: their pictures are told, and that they themselves were not looked into.
 */
export async function partsOfOffice(asset: Asset): Promise<Inner> {
  const { root, fault: walked } = await compoundFile(asset);
  const office = new Office();
  if (await isEncryptedOffice(root)) office.fault = bounded('part.encrypted');
  else await office.take(root, '');
  return { parts: office.parts, fault: walked ?? office.fault };
}

/** Streams in which Word keeps pictures, those of shapes beside its text and those in it. */
const WORD_PICTURES: readonly string[] = ['Data', WORD];
const POWERPOINT_PICTURES = 'Pictures';
/** [MS-OLEDS] §2.3.6 and what programs call a file that they put into a document as it is. */
const NATIVE = '\x01Ole10Native';
const WHOLE_FILES: readonly string[] = ['Package', 'CONTENTS'];
/** [MS-PPT] §2.4.16.3 and 2.10.34. */
const RECORD = { sound: 0x07e7, object: 0x1011 } as const;
const RECORDS: ReadonlySet<number> = new Set(Object.values(RECORD));

class Office {
  readonly parts: AssetPart[] = [];
  fault: WalkFault | undefined;

  async take({ streams, storages }: Storage, path: string): Promise<void> {
    for (const stream of streams) {
      if (this.parts.length > limits.parts) return;
      await this.#takeStream(stream, `${path}${shown(stream.name)}`);
    }
    for (const storage of storages) {
      const place = `${path}${shown(storage.name)}`;
      const main = storage.streams.find(({ name }) => isMainStream(name));
      if (main) {
        const { offset, bytes } = main;
        this.parts.push({ kind: 'attachment', offset, bytes, place, closed: fault('part.packing') });
      }
      await this.take(storage, `${place}/`);
    }
  }

  async #takeStream(stream: Stream, place: string): Promise<void> {
    const { name } = stream;
    const source = sourceOf(stream);
    if (WORD_PICTURES.includes(name) || name === POWERPOINT_PICTURES)
      await this.#takePictures(source, stream, place);
    else if (EXCEL.includes(name)) {
      const { drawings, fault: why } = await excelDrawings(source);
      this.fault ??= why;
      await this.#takePictures(drawings, stream, place);
    } else if (name === POWERPOINT) await this.#takeRecords(source, stream, place);
    else if (name === NATIVE) await this.#takeNative(source, stream, place);
    else if (WHOLE_FILES.includes(name))
      this.parts.push({
        ...this.#file(source, stream, 0, stream.bytes),
        kind: 'attachment',
        place,
        ifKnown: true,
      });
  }

  async #takePictures(source: ByteSource, stream: Stream, place: string): Promise<void> {
    const blips = await blipsIn(source);
    if (blips === undefined) this.fault ??= malformed('compound.damaged');
    for (const [index, { type, offset, bytes, isCut }] of (blips ?? []).entries())
      this.parts.push({
        ...this.#file(source, stream, offset, bytes),
        kind: 'embedded-picture',
        place: `${place}, picture ${index + 1}`,
        ...typeOf(type),
        ...(isCut ? { closed: fault('part.damaged') } : {}),
      });
  }

  async #takeRecords(source: ByteSource, stream: Stream, place: string): Promise<void> {
    const { items, fault: why } = await presentationRecords(source, RECORDS);
    this.fault ??= why;
    for (const [index, record] of items.slice(0, limits.parts + 1).entries()) {
      const isSound = record.type === RECORD.sound;
      this.parts.push({
        ...this.#file(source, stream, record.offset, record.bytes),
        ...(isSound ? {} : { unpack: (most: number) => objectOf(source, record, most) }),
        kind: isSound ? 'embedded-sound' : 'attachment',
        place: `${place}, ${isSound ? 'sound' : 'object'} ${index + 1}`,
      });
    }
  }

  /** A length, flags, three texts that end with zeros, and the file behind a second length. */
  async #takeNative(source: ByteSource, stream: Stream, place: string): Promise<void> {
    const head = await source.read(0, Math.min(stream.bytes, NATIVE_HEAD_BYTES));
    const texts: string[] = [];
    let at = 6;
    for (let end = head.indexOf(0, at); end >= 0 && texts.length < 2; end = head.indexOf(0, at)) {
      texts.push(head.toString('latin1', at, end));
      at = end + 1;
    }
    // Two numbers, then how long the path of the copy is, that path, and how long the file is.
    const path = at + 8 <= head.length ? head.readUInt32LE(at + 4) : head.length;
    const start = at + 8 + path + 4;
    if (start > head.length) return;
    const bytes = head.readUInt32LE(start - 4);
    const [name = ''] = texts;
    if (start + bytes > stream.bytes) return;
    this.parts.push({
      ...this.#file(source, stream, start, bytes),
      kind: 'attachment',
      place,
      ...partName(name),
      ifKnown: true,
      ...calledMedium(name),
      counted: true,
    });
  }

  #file(
    source: ByteSource,
    stream: Stream,
    offset: number,
    bytes: number,
  ): Pick<AssetPart, 'offset' | 'bytes' | 'unpack'> {
    return { offset: stream.offset, bytes, unpack: (most) => bytesOf(source, offset, bytes, most) };
  }
}

/** Longer names and paths are none that a file system has. */
const NATIVE_HEAD_BYTES = 4_096;

const isMainStream = (name: string): boolean => name === WORD || name === POWERPOINT || EXCEL.includes(name);

/** Names of streams may begin with a control character. */
const shown = (name: string): string => name.replace(/[^ -~]/g, '').slice(0, limits.partNameCharacters);

const typeOf = (type: Blip['type']): Pick<AssetPart, 'mediaType' | 'closed'> =>
  type.startsWith('image/')
    ? { mediaType: type }
    : { closed: fault('carrier.notRead', { what: 'format', format: type }) };

async function bytesOf(source: ByteSource, offset: number, bytes: number, most: number): Promise<Buffer> {
  if (bytes > most) throw new PartClosed(fault('bound.unpackedPart', { most }));
  const found = await source.read(offset, bytes);
  if (found.length < bytes) throw new PartClosed(fault('part.damaged'));
  return found;
}

/** An object of another program is a compound file, packed behind its length where the record’s instance says so. */
async function objectOf(
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
    throw new PartClosed(why, { cause });
  }
}
