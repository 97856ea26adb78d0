import { said } from '../../../say/said.js';
import { type AssetPart, PartClosed, type Stated } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { MediaType } from '../../media/media-kinds.js';
import { codedPicture } from '../../media/media-types.js';
import { beginsManifestStore } from '../../trust/manifest-boxes.js';
import type { WalkFault } from '../conclude.js';
import { headOf } from '../containers/pdf-chain.js';
import { type ListedStream, type PdfList, PdfLister } from '../containers/pdf-list.js';
import { PdfObjects } from '../containers/pdf-objects.js';
import { pdfText } from '../containers/pdf-text.js';
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
import { type Inner, nothingInside } from './inner.js';
import { calledMedium } from './member-names.js';
import { filesInPdfBytes } from './pdf-bytes.js';
import { throughFilters } from './pdf-unpack.js';
import { pictureType } from './picture-type.js';

/**
 * Pictures of a PDF that are files of their own (`DCTDecode`, `JPXDecode`: ISO 32000-2, 7.4.8 and 7.4.9), files embedded in
 * it, and sounds with a head of their own. Pictures and sounds as bare samples hold nothing but those, and are parts where
 * XMP stands beside them. A manifest store is an embedded file too, and is no attachment.
 */
export async function filesInPdf(asset: Asset): Promise<Inner> {
  const followed = await partsOf(asset, () => PdfObjects.open(asset));
  if (followed.fault?.kind !== 'malformed') return followed;
  // Whatever else is found that way, what is wrong with the file stays said: a search may miss something.
  const searched = await partsOf(asset, () => PdfObjects.search(asset));
  const found = [followed, searched];
  if (searched.fault) found.push(await filesInPdfBytes(asset));
  const parts = new Map<number, AssetPart>();
  for (const part of found.flatMap((one) => one.parts))
    if (!parts.has(part.offset)) parts.set(part.offset, part);
  return { ...followed, parts: [...parts.values()] };
}

async function partsOf(asset: Asset, open: () => Promise<PdfObjects>): Promise<Inner> {
  try {
    const objects = await open();
    const lister = new PdfLister(asset, objects);
    return await new PdfParts(asset, lister, await lister.list(), await encryptionOf(objects)).all();
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return nothingInside(error.fault);
  }
}

/** What of a PDF cannot be read without a key. */
interface Encryption {
  streams: boolean;
  embedded: boolean;
  texts: boolean;
}

/** ISO 32000-2, table 20: before version 4 all is encrypted, from there on as the filters say, which may be none. */
async function encryptionOf(objects: PdfObjects): Promise<Encryption> {
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
/** Sounds that say themselves what they are (13.3 knows bare samples alone, and not every writer keeps to that). */
const SOUND = /^(?:RIFF....WAVE|FORM....AIF[FC]|ID3|OggS|fLaC|....ftyp)/s;
/** As many as a manifest store begins with. */
const HEAD_BYTES = 64;
const PACKED_HEAD_BYTES = 4 * 1024;

/** How a stream is packed. */
interface Packing {
  filters: readonly string[];
  encrypted: boolean;
  /** A predictor, which only bare samples have. */
  predicted: boolean;
}

class PdfParts {
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
    this.#outside = list.outside;
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
            ...(name === undefined || encryption.texts ? {} : { name: baseName(pdfText(name)) }),
          });
  }

  async all(): Promise<Inner> {
    for (const stream of this.list.streams.values()) {
      await this.#take(stream);
      if (this.#parts.length > limits.parts) break;
    }
    if (this.#beside > 0) this.#fault ??= bounded('pdf.besideParts', { count: this.#beside });
    const older = await this.#older();
    return {
      parts: this.#parts,
      fault: this.#fault,
      notes: [
        ...(older > 0 ? [said('note.pdfOlder', { count: older })] : []),
        ...(this.#outside > 0 ? [said('note.outside', { count: this.#outside })] : []),
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
    // Samples and drawings hold nothing but those: what is said of them stands beside them alone.
    const coded = known === undefined ? beside?.coded : undefined;
    const kind = known ?? (coded && (this.#masks.has(number) ? 'auxiliary-image' : 'embedded-picture'));
    if (kind === undefined) return;
    // Its bytes are kept elsewhere (7.3.8.2), and what stands here says nothing.
    if (dictionary.has('F')) {
      this.#outside += 1;
      return;
    }
    if (isFile && this.#isManifest(dictionary, embedded?.isManifest === true, head)) return;
    const { bytes, fault: wrong } = await this.lister.ended(stream);
    if (wrong) this.#fault ??= wrong;
    const mediaType = picture ? ofPicture(packing.filters.at(-1)) : head && pictureType(head);
    this.#parts.push({
      kind,
      ...(mediaType === undefined ? {} : { mediaType }),
      offset,
      bytes,
      place: `${isFile ? 'embedded file' : 'stream'}, object ${number}`,
      ...(embedded?.name ? { name: embedded.name } : {}),
      ...(coded ? { coded } : this.#ways({ offset, bytes }, packing, isFile)),
      ...(beside ? { stated: () => this.#stated(number, beside.metadata) } : {}),
      // Whatever may be attached to a document, and not every file is a medium.
      ...(isFile ? { ifKnown: true as const, ...calledMedium(embedded?.name) } : {}),
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
    if (picture || (isPlain && head && pictureType(head))) return 'embedded-picture';
    return isSound && head && SOUND.test(head.toString('latin1')) ? 'embedded-sound' : undefined;
  }

  /** How the bytes of a part come about, or why they cannot be had. */
  #ways(
    run: { offset: number; bytes: number },
    { filters, encrypted, predicted }: Packing,
    isFile: boolean,
  ): Pick<AssetPart, 'unpack' | 'closed'> {
    if (encrypted || (isFile && this.encryption.embedded && !this.encryption.streams))
      return { closed: fault('part.encrypted') };
    // What stands last in a picture’s chain is its format.
    const undoing = PICTURE_FILTERS.has(filters.at(-1) ?? '') ? filters.slice(0, -1) : filters;
    if (predicted && undoing.length > 0) return { closed: fault('part.packing') };
    return throughFilters(this.asset, run, undoing);
  }

  async #packingOf(dictionary: PdfDictionary): Promise<Packing> {
    const filters: string[] = [];
    for (const one of listOf(await this.lister.value(dictionary.get('Filter')))) {
      const filter = await this.lister.value(one);
      filters.push(filter instanceof PdfName ? filter.name : '');
    }
    const parameters: PdfValue[] = [];
    for (const one of listOf(await this.lister.value(dictionary.get('DecodeParms'))))
      parameters.push(await this.lister.value(one));
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

  /** What a picture or a drawing says of itself stands in a stream of its own (14.3.2). */
  #metadataBeside(dictionary: PdfDictionary): Beside | undefined {
    const subtype = dictionary.get('Subtype');
    const metadata = dictionary.get('Metadata');
    if (metadata === undefined || metadata === null || !isShown(subtype)) return undefined;
    return { metadata, coded: isNamed(subtype, 'Form') ? DRAWING : SAMPLES };
  }

  async #stated(number: number, metadata: PdfValue): Promise<Stated> {
    const place = `Metadata of object ${number}`;
    const stated: Stated = { xmp: [], exif: [], faults: {} };
    const stream = metadata instanceof PdfReference ? this.list.streams.get(metadata.number) : undefined;
    if (stream === undefined) {
      // What is nowhere is nothing (7.3.10).
      if ((await this.lister.value(metadata)) !== null)
        stated.faults.xmp = malformed('pdf.object', { what: 'stream' });
      return stated;
    }
    const packing = await this.#packingOf(stream.dictionary);
    const { bytes, fault: wrong } = await this.lister.ended(stream);
    const run = { offset: stream.offset, bytes };
    const { unpack, closed } = this.#ways(run, packing, false);
    const most = limits.xmpPacketBytes;
    if (closed !== undefined) stated.faults.xmp = { kind: 'bounded', ...closed };
    else if (unpack === undefined && bytes > most)
      stated.faults.xmp = bounded('bound.xmpPacket', { place, most });
    else
      try {
        const packet = unpack ? await unpack(most) : await this.asset.read(run.offset, bytes);
        stated.xmp.push({ place, bytes: packet });
        if (wrong) stated.faults.xmp = wrong;
      } catch (error) {
        if (!(error instanceof PartClosed)) throw error;
        const kind = error.fault.code.startsWith('bound.') ? 'bounded' : 'malformed';
        stated.faults.xmp = { kind, ...error.fault };
      }
    return stated;
  }

  /** Content Credentials of a picture may stand in a file of their own (14.13.5). */
  async #hasStoreBeside(dictionary: PdfDictionary): Promise<boolean> {
    if (!isShown(dictionary.get('Subtype'))) return false;
    for (const one of listOf(await this.lister.value(dictionary.get('AF')))) {
      const file = await this.lister.value(one);
      if (isDictionary(file) && isNamed(file.get('AFRelationship'), MANIFEST)) return true;
    }
    return false;
  }

  #isManifest(dictionary: PdfDictionary, isNamedSo: boolean, head: Buffer | undefined): boolean {
    const subtype = dictionary.get('Subtype');
    const isSo = isNamedSo || (subtype instanceof PdfName && /c2pa/i.test(subtype.name));
    // Another file that is called one stays a file.
    return isSo && (head === undefined || beginsManifestStore(head));
  }

  async #head(offset: number, { filters, encrypted }: Packing): Promise<Buffer | undefined> {
    if (encrypted) return undefined;
    return headOf(
      await this.asset.read(offset, filters.length === 0 ? HEAD_BYTES : PACKED_HEAD_BYTES),
      filters,
    );
  }

  async #older(): Promise<number> {
    let count = 0;
    for (const { dictionary } of this.list.older) {
      const { filters } = await this.#packingOf(dictionary);
      const subtype = dictionary.get('Subtype');
      const isManifest = subtype instanceof PdfName && /c2pa/i.test(subtype.name);
      const isFile = isNamed(dictionary.get('Type'), 'EmbeddedFile') && !isManifest;
      if (isFile || PICTURE_FILTERS.has(filters.at(-1) ?? '')) count += 1;
    }
    return count;
  }
}

interface Beside {
  metadata: PdfValue;
  /** What it is where it is no file. */
  coded: MediaType;
}

const SAMPLES = codedPicture('image/x-pdf-object', 'PDF image');
const DRAWING = codedPicture('image/x-pdf-object', 'PDF drawing');

const isShown = (subtype: PdfValue | undefined): boolean =>
  isNamed(subtype, 'Image') || isNamed(subtype, 'Form');

const listOf = (value: PdfValue): readonly PdfValue[] =>
  value === null ? [] : Array.isArray(value) ? (value as readonly PdfValue[]) : [value];

const isNamed = (value: PdfValue | undefined, name: string): boolean =>
  value instanceof PdfName && value.name === name;

const ofPicture = (filter: string | undefined): string =>
  filter === 'JPXDecode' ? 'image/jp2' : 'image/jpeg';

/** Without a path: of one that another system wrote too. */
const baseName = (name: string): string => name.split(/[/\\:]/).at(-1) ?? '';
