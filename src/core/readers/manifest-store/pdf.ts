import { faultMessage } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import { trustLimits } from '../../trust/lists/trust-limits.js';
import type { WalkFault } from '../conclude.js';
import { PdfObjects } from '../containers/pdf-objects.js';
import {
  type PdfDictionary,
  PdfError,
  PdfName,
  PdfReference,
  type PdfValue,
} from '../containers/pdf-values.js';
import { bounded, malformed } from '../containers/walk.js';
import { findSizeFault, type LocatedStores, toStore } from './located.js';

const RELATIONSHIP = 'C2PA_Manifest';
const PLACE = 'embedded file C2PA_Manifest';

/**
 * Locates the store of PDF: an embedded file with that relationship, listed in the catalog's associated files (C2PA 2.2
 * Annex A).
 */
export async function findPdfStore(asset: Asset): Promise<LocatedStores> {
  const followed = await findStores(() => PdfObjects.open(asset));
  if (followed.fault?.kind !== 'malformed' || followed.stores.length > 0) return followed;
  // A search may miss objects: it can add a store, but never proves absence.
  const searched = await findStores(() => PdfObjects.search(asset));
  return searched.stores.length > 0 ? searched : followed;
}

async function findStores(open: () => Promise<PdfObjects>): Promise<LocatedStores> {
  const stores: LocatedStores['stores'] = [];
  let objects: PdfObjects | undefined;
  try {
    objects = await open();
    const all = await findManifestFiles(objects);
    const newest = await selectNewest(all, objects);
    for (const file of newest) {
      const found = await readStore(file, objects);
      // With an unreadable store, it is unknown whether another one, of this version or an older one, is valid for the
      // file.
      if ('kind' in found)
        return newest.length > 1
          ? { stores: [], fault: malformed('manifestStore.several') }
          : { stores: [], fault: found, notes: isOneOfSeveral(newest, all) ? [NEWEST_OF_SEVERAL] : [] };
      stores.push(...found.stores);
      // Assay cannot choose between two stores.
      if (stores.length > 1) break;
    }
    return { stores, notes: await createNotes(all, newest, objects) };
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { stores, fault: objects?.isEncrypted ? ENCRYPTED : error.fault };
  }
}

/**
 * Returns the stores of the newest version. A PDF may be signed again with every update; then the store of its newest
 * version is the active one (C2PA 2.2, A.4). Returns all if the newest cannot be determined.
 */
async function selectNewest(
  files: readonly PdfDictionary[],
  objects: PdfObjects,
): Promise<readonly PdfDictionary[]> {
  if (files.length < 2) return files;
  const aged: { file: PdfDictionary; age: number }[] = [];
  for (const file of files) {
    const stream = await streamOf(file, objects);
    const age = stream instanceof PdfReference ? await objects.findAge(stream) : undefined;
    if (age === undefined) return files;
    aged.push({ file, age });
  }
  const least = Math.min(...aged.map(({ age }) => age));
  return aged.filter(({ age }) => age === least).map(({ file }) => file);
}

async function createNotes(
  all: readonly PdfDictionary[],
  newest: readonly PdfDictionary[],
  objects: PdfObjects,
): Promise<Message[]> {
  const older = await countOlderStores(all, objects);
  return [
    ...(isOneOfSeveral(newest, all) ? [NEWEST_OF_SEVERAL] : []),
    ...(older > 0 ? [message('note.pdfStore.older', { count: older })] : []),
  ];
}

const isOneOfSeveral = (newest: readonly PdfDictionary[], all: readonly PdfDictionary[]): boolean =>
  newest.length === 1 && all.length > 1;

/** Note that the store was selected from several in the PDF. */
export const NEWEST_OF_SEVERAL = message('note.pdfStore.newest');

/** Counts the versions before an update that name a store which the current version does not. */
async function countOlderStores(all: readonly PdfDictionary[], objects: PdfObjects): Promise<number> {
  const seen = new Set<number>();
  const places = async (files: readonly PdfDictionary[]): Promise<number[]> => {
    const found: number[] = [];
    for (const file of files) {
      const stream = await objects.stream(await streamOf(file, objects));
      if (stream && !seen.has(stream.offset)) found.push(stream.offset);
    }
    return found;
  };
  let versions = 0;
  try {
    for (const place of await places(all)) seen.add(place);
    for (let age = 1; age < Math.min(objects.sections, MAX_OLDER_SECTIONS); age += 1) {
      const fresh = await objects.withOlderVersion(age, async (older) =>
        places(await findManifestFiles(older)),
      );
      for (const place of fresh) seen.add(place);
      if (fresh.length > 0) versions += 1;
    }
  } catch (error) {
    // Faults of replaced versions do not affect the result for the newest one.
    if (!(error instanceof PdfError)) throw error;
  }
  return versions;
}

/** Maximum number of older sections to search for replaced stores. */
const MAX_OLDER_SECTIONS = 64;

async function streamOf(file: PdfDictionary, objects: PdfObjects): Promise<PdfValue | undefined> {
  const embedded = await objects.dictionary(file.get('EF'));
  return embedded?.get('F') ?? embedded?.get('UF');
}

const ENCRYPTED = bounded('manifestStore.encrypted');

/**
 * Returns the manifest files of the document itself; those of pictures in it say nothing about the document. A store
 * that a writer omitted from the associated files is still among the embedded files.
 */
async function findManifestFiles(objects: PdfObjects): Promise<PdfDictionary[]> {
  const catalog = await objects.dictionary(objects.trailer.get('Root'));
  const associated = await objects.value(catalog?.get('AF'));
  const named = await filterManifests(Array.isArray(associated) ? associated : [associated], objects);
  if (named.length > 0) return named;
  const names = await objects.dictionary(catalog?.get('Names'));
  return filterManifests(await listEmbeddedFiles(names?.get('EmbeddedFiles'), objects), objects);
}

async function filterManifests(list: readonly PdfValue[], objects: PdfObjects): Promise<PdfDictionary[]> {
  if (list.length > limits.pdfFiles) throw tooManyFiles();
  const files: PdfDictionary[] = [];
  for (const one of list) {
    const file = await objects.dictionary(one);
    const relationship = await objects.value(file?.get('AFRelationship'));
    if (file && relationship instanceof PdfName && relationship.name === RELATIONSHIP) files.push(file);
  }
  return files;
}

/** Yields the leaves of a name tree (ISO 32000-2, 7.9.6), which alternate between name and file. */
async function listEmbeddedFiles(root: PdfValue | undefined, objects: PdfObjects): Promise<PdfValue[]> {
  const files: PdfValue[] = [];
  const ahead: PdfValue[] = root === undefined ? [] : [root];
  for (let nodes = 0; ahead.length > 0; nodes++) {
    if (nodes >= limits.pdfFiles || files.length > limits.pdfFiles) throw tooManyFiles();
    const node = await objects.dictionary(ahead.pop());
    const [kids, names] = [await objects.value(node?.get('Kids')), await objects.value(node?.get('Names'))];
    if (Array.isArray(names)) files.push(...names.filter((_, i) => i % 2 === 1));
    if (Array.isArray(kids)) ahead.push(...kids);
  }
  return files;
}

const tooManyFiles = () => new PdfError(bounded('bound.entries', { place: 'PDF', most: limits.pdfFiles }));

/** From here on the PDF declares a store, so an unreadable one is not absent. */
async function readStore(file: PdfDictionary, objects: PdfObjects): Promise<LocatedStores | WalkFault> {
  try {
    const stream = await objects.stream(await streamOf(file, objects));
    if (!stream) return unread(message('note.pdfStore.noBytes'));
    const large = findSizeFault(stream.bytes);
    if (large) return large;
    const bytes = await objects.unpacked(stream, trustLimits.manifestStoreBytes);
    const packed = stream.dictionary.has('Filter');
    const ranges = [{ start: stream.offset, bytes: stream.bytes }];
    const stores = toStore(bytes, PLACE, { ranges, ...(packed ? {} : { offset: stream.offset }) });
    if (stores.length > 0) return { stores };
    return unread(message(objects.isEncrypted ? 'note.pdfStore.encrypted' : 'note.pdfStore.none'));
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    if (objects.isEncrypted) return unread(message('note.pdfStore.encrypted'));
    return { ...unread(faultMessage(error.fault)), kind: error.fault.kind };
  }
}

const unread = (why: Message): WalkFault => malformed('manifestStore.pdf', { why });
