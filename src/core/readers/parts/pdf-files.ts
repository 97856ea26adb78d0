import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import { type AssetPart, type PartStatements, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { MediaType } from '../../media/media-kinds.js';
import { codedPictureType } from '../../media/media-types.js';
import { isManifestStoreStart } from '../../trust/formats/manifest-boxes.js';
import type { WalkFault } from '../conclude.js';
import { decodeHead } from '../containers/pdf-chain.js';
import { type ListedStream, type PdfList, PdfLister } from '../containers/pdf-list.js';
import { PdfObjects } from '../containers/pdf-objects.js';
import { decodePdfText } from '../containers/pdf-text.js';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfError,
  PdfName,
  PdfReference,
  type PdfValue,
} from '../containers/pdf-values.js';
import { bounded, malformed } from '../containers/walk.js';
import { type InnerParts, noInnerParts } from './inner.js';
import { toCalledMedium } from './member-names.js';
import { searchPdfFiles } from './pdf-bytes.js';
import { createUnpacker } from './pdf-unpack.js';
import { detectPictureType } from './picture-type.js';

/**
 * Returns the pictures of a PDF that are whole files (`DCTDecode`, `JPXDecode`: ISO 32000-2, 7.4.8 and 7.4.9), the
 * files embedded in it, and sounds with a header. Bare samples of pictures and sounds hold no metadata; they are parts
 * only if XMP is attached to them. A manifest store is an embedded file too, but not an attachment.
 */
export async function findPdfFiles(asset: Asset): Promise<InnerParts> {
  const followed = await collectParts(asset, () => PdfObjects.open(asset));
  if (followed.fault?.kind !== 'malformed') return followed;
  // The fault of the file is still reported, because a search may miss parts.
  const searched = await collectParts(asset, () => PdfObjects.search(asset));
  const found = [followed, searched];
  if (searched.fault) found.push(await searchPdfFiles(asset));
  const parts = new Map<number, AssetPart>();
  for (const part of found.flatMap((one) => one.parts))
    if (!parts.has(part.offset)) parts.set(part.offset, part);
  return { ...followed, parts: [...parts.values()] };
}

async function collectParts(asset: Asset, open: () => Promise<PdfObjects>): Promise<InnerParts> {
  try {
    const objects = await open();
    const lister = new PdfLister(asset, objects);
    return await new PdfPartCollector(
      asset,
      lister,
      await lister.list(),
      await readEncryption(objects),
    ).all();
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return noInnerParts(error.fault);
  }
}

/** Parts of a PDF that are unreadable without a key. */
interface Encryption {
  streams: boolean;
  embedded: boolean;
  texts: boolean;
}

/**
 * Before version 4 everything is encrypted; since then the filters decide, and may exclude anything (ISO 32000-2, table
 * 20).
 */
async function readEncryption(objects: PdfObjects): Promise<Encryption> {
  if (!objects.isEncrypted) return { streams: false, embedded: false, texts: false };
  const handler = await objects.dictionary(objects.trailer.get('Encrypt')).catch((error: unknown) => {
    if (!(error instanceof PdfError)) throw error;
    return undefined;
  });
  const version = handler?.get('V');
  if (!isCount(version) || version < 4) return { streams: true, embedded: true, texts: true };
  const isSet = (key: string, otherwise: boolean) => {
    const filter = handler?.get(key);
    return filter instanceof PdfName ? filter.name !== IDENTITY : otherwise;
  };
  const streams = isSet('StmF', false);
  return { streams, embedded: isSet('EFF', streams), texts: isSet('StrF', false) };
}

const IDENTITY = 'Identity';
const MANIFEST = 'C2PA_Manifest';
const PICTURE_FILTERS = new Set(['DCTDecode', 'DCT', 'JPXDecode']);
/** Signatures of sounds with a header. 13.3 allows bare samples only, but not every writer complies. */
const SOUND = /^(?:RIFF....WAVE|FORM....AIF[FC]|ID3|OggS|fLaC|....ftyp)/s;
/** Length that suffices to recognize a manifest store. */
const HEAD_BYTES = 64;
const PACKED_HEAD_BYTES = 4 * 1024;

/** Filters and encryption of a stream. */
interface Packing {
  filters: readonly string[];
  encrypted: boolean;
  /** Set if there is a predictor, which only bare samples have. */
  predicted: boolean;
}

class PdfPartCollector {
  readonly #parts: AssetPart[] = [];
  readonly #masks = new Set<number>();
  readonly #embedded = new Map<number, { name?: string; isManifest: boolean }>();
  #outside: number;
  #beside = 0;
  #fault: WalkFault | undefined;

  constructor(
    private readonly asset: Asset,
    private readonly lister: PdfLister,
    private readonly list: PdfList,
    private readonly encryption: Encryption,
  ) {
    this.#outside = list.externalFiles;
    this.#fault = list.fault;
    for (const { dictionary } of list.streams.values())
      for (const key of ['SMask', 'Mask']) {
        const mask = dictionary.get(key);
        if (mask instanceof PdfReference) this.#masks.add(mask.number);
      }
    for (const { streams, name, relationship } of list.files)
      for (const number of streams)
        if (!this.#embedded.has(number))
          this.#embedded.set(number, {
            isManifest: relationship === MANIFEST,
            ...(name === undefined || encryption.texts ? {} : { name: baseName(decodePdfText(name)) }),
          });
  }

  async all(): Promise<InnerParts> {
    for (const stream of this.list.streams.values()) {
      await this.#take(stream);
      if (this.#parts.length > limits.parts) break;
    }
    if (this.#beside > 0) this.#fault ??= bounded('pdf.attachedParts', { count: this.#beside });
    const older = await this.#older();
    return {
      parts: this.#parts,
      fault: this.#fault,
      notes: [
        ...(older > 0 ? [message('note.pdfOlder', { count: older })] : []),
        ...(this.#outside > 0 ? [message('note.outside', { count: this.#outside })] : []),
      ],
    };
  }

  async #take(stream: ListedStream): Promise<void> {
    const { number, dictionary, offset } = stream;
    if (await this.#hasStoreBeside(dictionary)) this.#beside += 1;
    const embedded = this.#embedded.get(number);
    const packing = await this.#packingOf(dictionary);
    const picture = PICTURE_FILTERS.has(packing.filters.at(-1) ?? '');
    const isFile = embedded !== undefined || isNamed(dictionary.get('Type'), 'EmbeddedFile');
    const isSound = isNamed(dictionary.get('Type'), 'Sound');
    const isPlain = packing.filters.length === 0;
    const head = isPlain || isFile || isSound ? await this.#head(offset, packing) : undefined;
    const known = this.#kindOf(number, { isFile, picture, isSound, isPlain, head });
    const beside = this.#metadataBeside(dictionary);
    // Samples and drawings hold no metadata; only attached streams describe them.
    const coded = known === undefined ? beside?.coded : undefined;
    const kind = known ?? (coded && (this.#masks.has(number) ? 'auxiliary-image' : 'embedded-picture'));
    if (kind === undefined) return;
    // The bytes are in another file (7.3.8.2), and those here are meaningless.
    if (dictionary.has('F')) {
      this.#outside += 1;
      return;
    }
    if (isFile && this.#isManifest(dictionary, embedded?.isManifest === true, head)) return;
    const { bytes, fault: wrong } = await this.lister.findStreamEnd(stream);
    if (wrong) this.#fault ??= wrong;
    const mediaType = picture ? ofPicture(packing.filters.at(-1)) : head && detectPictureType(head);
    this.#parts.push({
      kind,
      ...(mediaType === undefined ? {} : { mediaType }),
      offset,
      bytes,
      locator: `${isFile ? 'embedded file' : 'stream'}, object ${number}`,
      ...(embedded?.name ? { name: embedded.name } : {}),
      ...(coded ? { codedType: coded } : this.#ways({ offset, bytes }, packing, isFile)),
      ...(beside ? { readStatements: () => this.#stated(number, beside.metadata) } : {}),
      // Any file may be attached to a document, and not every file is a medium.
      ...(isFile ? { isListedIfKnown: true as const, ...toCalledMedium(embedded?.name) } : {}),
    });
  }

  #kindOf(
    number: number,
    found: {
      isFile: boolean;
      picture: boolean;
      isSound: boolean;
      isPlain: boolean;
      head: Buffer | undefined;
    },
  ): AssetPart['kind'] | undefined {
    const { isFile, picture, isSound, isPlain, head } = found;
    if (isFile) return 'attachment';
    if (this.#masks.has(number)) return picture ? 'auxiliary-image' : undefined;
    if (picture || (isPlain && head && detectPictureType(head))) return 'embedded-picture';
    return isSound && head && SOUND.test(head.toString('latin1')) ? 'embedded-sound' : undefined;
  }

  /** Returns a function that decodes a part, or the reason why it cannot be opened. */
  #ways(
    run: { offset: number; bytes: number },
    { filters, encrypted, predicted }: Packing,
    isFile: boolean,
  ): Pick<AssetPart, 'unpack' | 'unreadable'> {
    if (encrypted || (isFile && this.encryption.embedded && !this.encryption.streams))
      return { unreadable: fault('part.encrypted') };
    // The last filter of a picture is its file format.
    const undoing = PICTURE_FILTERS.has(filters.at(-1) ?? '') ? filters.slice(0, -1) : filters;
    if (predicted && undoing.length > 0) return { unreadable: fault('part.packing') };
    return createUnpacker(this.asset, run, undoing);
  }

  async #packingOf(dictionary: PdfDictionary): Promise<Packing> {
    const filters: string[] = [];
    for (const one of listOf(await this.lister.resolveValue(dictionary.get('Filter')))) {
      const filter = await this.lister.resolveValue(one);
      filters.push(filter instanceof PdfName ? filter.name : '');
    }
    const parameters: PdfValue[] = [];
    for (const one of listOf(await this.lister.resolveValue(dictionary.get('DecodeParms'))))
      parameters.push(await this.lister.resolveValue(one));
    const own = filters.indexOf('Crypt');
    const crypt = parameters[own];
    const named = isDictionary(crypt) ? crypt.get('Name') : undefined;
    const isIdentity = own >= 0 && (named === undefined || isNamed(named, IDENTITY));
    return {
      filters: filters.filter((filter) => filter !== 'Crypt'),
      encrypted: own >= 0 ? !isIdentity : this.encryption.streams,
      predicted: parameters.some((one) => isDictionary(one) && Number(one.get('Predictor') ?? 1) > 1),
    };
  }

  /** Returns the metadata stream of a picture or a drawing (14.3.2). */
  #metadataBeside(dictionary: PdfDictionary): AttachedMetadata | undefined {
    const subtype = dictionary.get('Subtype');
    const metadata = dictionary.get('Metadata');
    if (metadata === undefined || metadata === null || !isShown(subtype)) return undefined;
    return { metadata, coded: isNamed(subtype, 'Form') ? DRAWING : SAMPLES };
  }

  async #stated(number: number, metadata: PdfValue): Promise<PartStatements> {
    const place = `Metadata of object ${number}`;
    const stated: PartStatements = { xmp: [], exif: [], faults: {} };
    const stream = metadata instanceof PdfReference ? this.list.streams.get(metadata.number) : undefined;
    if (stream === undefined) {
      // A reference to a missing object is null (7.3.10).
      if ((await this.lister.resolveValue(metadata)) !== null)
        stated.faults.xmp = malformed('pdf.object', { what: 'stream' });
      return stated;
    }
    const packing = await this.#packingOf(stream.dictionary);
    const { bytes, fault: wrong } = await this.lister.findStreamEnd(stream);
    const run = { offset: stream.offset, bytes };
    const { unpack, unreadable: closed } = this.#ways(run, packing, false);
    const most = limits.xmpPacketBytes;
    if (closed !== undefined) stated.faults.xmp = { kind: 'bounded', ...closed };
    else if (unpack === undefined && bytes > most)
      stated.faults.xmp = bounded('bound.bytes', { place, most });
    else
      try {
        const packet = unpack ? await unpack(most) : await this.asset.read(run.offset, bytes);
        stated.xmp.push({ locator: place, bytes: packet });
        if (wrong) stated.faults.xmp = wrong;
      } catch (error) {
        if (!(error instanceof UnreadablePartError)) throw error;
        const kind = error.fault.code.startsWith('bound.') ? 'bounded' : 'malformed';
        stated.faults.xmp = { kind, ...error.fault };
      }
    return stated;
  }

  /** Returns whether a picture has Content Credentials in a file of their own (14.13.5). */
  async #hasStoreBeside(dictionary: PdfDictionary): Promise<boolean> {
    if (!isShown(dictionary.get('Subtype'))) return false;
    for (const one of listOf(await this.lister.resolveValue(dictionary.get('AF')))) {
      const file = await this.lister.resolveValue(one);
      if (isDictionary(file) && isNamed(file.get('AFRelationship'), MANIFEST)) return true;
    }
    return false;
  }

  #isManifest(dictionary: PdfDictionary, isNamedSo: boolean, head: Buffer | undefined): boolean {
    const subtype = dictionary.get('Subtype');
    const isSo = isNamedSo || (subtype instanceof PdfName && /c2pa/i.test(subtype.name));
    // A file with such a type but other content remains a file.
    return isSo && (head === undefined || isManifestStoreStart(head));
  }

  async #head(offset: number, { filters, encrypted }: Packing): Promise<Buffer | undefined> {
    if (encrypted) return undefined;
    return decodeHead(
      await this.asset.read(offset, filters.length === 0 ? HEAD_BYTES : PACKED_HEAD_BYTES),
      filters,
    );
  }

  async #older(): Promise<number> {
    let count = 0;
    for (const { dictionary } of this.list.replacedStreams) {
      const { filters } = await this.#packingOf(dictionary);
      const subtype = dictionary.get('Subtype');
      const isManifest = subtype instanceof PdfName && /c2pa/i.test(subtype.name);
      const isFile = isNamed(dictionary.get('Type'), 'EmbeddedFile') && !isManifest;
      if (isFile || PICTURE_FILTERS.has(filters.at(-1) ?? '')) count += 1;
    }
    return count;
  }
}

interface AttachedMetadata {
  metadata: PdfValue;
  /** Media type of the part if it is not a file. */
  coded: MediaType;
}

const SAMPLES = codedPictureType('image/x-pdf-object', 'PDF image');
const DRAWING = codedPictureType('image/x-pdf-object', 'PDF drawing');

const isShown = (subtype: PdfValue | undefined): boolean =>
  isNamed(subtype, 'Image') || isNamed(subtype, 'Form');

const listOf = (value: PdfValue): readonly PdfValue[] =>
  value === null ? [] : Array.isArray(value) ? (value as readonly PdfValue[]) : [value];

const isNamed = (value: PdfValue | undefined, name: string): boolean =>
  value instanceof PdfName && value.name === name;

const ofPicture = (filter: string | undefined): string =>
  filter === 'JPXDecode' ? 'image/jp2' : 'image/jpeg';

/** Returns the name without its path, which may have been written on another system. */
const baseName = (name: string): string => name.split(/[/\\:]/).at(-1) ?? '';
