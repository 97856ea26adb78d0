import { type Said, said } from '../../../say/said.js';
import { faultSaid } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { trustLimits } from '../../trust/trust-limits.js';
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
import { asStore, type Located, tooLarge } from './located.js';

const RELATIONSHIP = 'C2PA_Manifest';
const PLACE = 'embedded file C2PA_Manifest';

/** PDF, C2PA 2.2 Annex A: an embedded file of that relationship, named by the catalog's associated files. */
export async function pdfStore(asset: Asset): Promise<Located> {
  const followed = await storesOf(() => PdfObjects.open(asset));
  if (followed.fault?.kind !== 'malformed' || followed.stores.length > 0) return followed;
  // A search may miss what it should have found: it can add a store, and never says that none is there.
  const searched = await storesOf(() => PdfObjects.search(asset));
  return searched.stores.length > 0 ? searched : followed;
}

async function storesOf(open: () => Promise<PdfObjects>): Promise<Located> {
  const stores: Located['stores'] = [];
  let objects: PdfObjects | undefined;
  try {
    objects = await open();
    const all = await manifestFiles(objects);
    const newest = await newestOf(all, objects);
    for (const file of newest) {
      const found = await storeOf(file, objects);
      // Another one, of this version or an older one, is then not known to be what holds for the file.
      if ('kind' in found)
        return newest.length > 1
          ? { stores: [], fault: malformed('manifestStore.several') }
          : { stores: [], fault: found, notes: isOneOfSeveral(newest, all) ? [NEWEST] : [] };
      stores.push(...found.stores);
      // Two are already more than Assay can tell apart.
      if (stores.length > 1) break;
    }
    return { stores, notes: await notesOn(all, newest, objects) };
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { stores, fault: objects?.isEncrypted ? ENCRYPTED : error.fault };
  }
}

/**
 * A PDF may be signed again every time that it is added to: then the store of its newest version is the active one (C2PA 2.2,
 * A.4). All of them, where that cannot be told.
 */
async function newestOf(
  files: readonly PdfDictionary[],
  objects: PdfObjects,
): Promise<readonly PdfDictionary[]> {
  if (files.length < 2) return files;
  const aged: { file: PdfDictionary; age: number }[] = [];
  for (const file of files) {
    const stream = await streamOf(file, objects);
    const age = stream instanceof PdfReference ? await objects.age(stream) : undefined;
    if (age === undefined) return files;
    aged.push({ file, age });
  }
  const least = Math.min(...aged.map(({ age }) => age));
  return aged.filter(({ age }) => age === least).map(({ file }) => file);
}

async function notesOn(
  all: readonly PdfDictionary[],
  newest: readonly PdfDictionary[],
  objects: PdfObjects,
): Promise<Said[]> {
  const older = await olderStores(all, objects);
  return [
    ...(isOneOfSeveral(newest, all) ? [NEWEST] : []),
    ...(older > 0 ? [said('note.pdfStore.older', { count: older })] : []),
  ];
}

const isOneOfSeveral = (newest: readonly PdfDictionary[], all: readonly PdfDictionary[]): boolean =>
  newest.length === 1 && all.length > 1;

/** Tells that the store which was taken is one of several that the PDF names. */
export const NEWEST = said('note.pdfStore.newest');

/** Versions from before the file was added to that name a store which this one no longer does. */
async function olderStores(all: readonly PdfDictionary[], objects: PdfObjects): Promise<number> {
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
    for (let age = 1; age < Math.min(objects.sections, OLDER_SECTIONS); age += 1) {
      const fresh = await objects.before(age, async (older) => places(await manifestFiles(older)));
      for (const place of fresh) seen.add(place);
      if (fresh.length > 0) versions += 1;
    }
  } catch (error) {
    // What was found of the newest version stands, whatever is wrong with what it replaced.
    if (!(error instanceof PdfError)) throw error;
  }
  return versions;
}

/** Further back nobody looks for stores that no longer count. */
const OLDER_SECTIONS = 64;

async function streamOf(file: PdfDictionary, objects: PdfObjects): Promise<PdfValue | undefined> {
  const embedded = await objects.dictionary(file.get('EF'));
  return embedded?.get('F') ?? embedded?.get('UF');
}

const ENCRYPTED = bounded('manifestStore.encrypted');

/**
 * Those of the document alone: pictures in it may have stores of their own, which say nothing of it. One that a writer
 * left out of the associated files still stands among all embedded ones.
 */
async function manifestFiles(objects: PdfObjects): Promise<PdfDictionary[]> {
  const catalog = await objects.dictionary(objects.trailer.get('Root'));
  const associated = await objects.value(catalog?.get('AF'));
  const named = await manifestsIn(Array.isArray(associated) ? associated : [associated], objects);
  if (named.length > 0) return named;
  const names = await objects.dictionary(catalog?.get('Names'));
  return manifestsIn(await embeddedFiles(names?.get('EmbeddedFiles'), objects), objects);
}

async function manifestsIn(list: readonly PdfValue[], objects: PdfObjects): Promise<PdfDictionary[]> {
  if (list.length > limits.pdfFiles) throw tooManyFiles();
  const files: PdfDictionary[] = [];
  for (const one of list) {
    const file = await objects.dictionary(one);
    const relationship = await objects.value(file?.get('AFRelationship'));
    if (file && relationship instanceof PdfName && relationship.name === RELATIONSHIP) files.push(file);
  }
  return files;
}

/** The leaves of a name tree (ISO 32000-2, 7.9.6): a name and a file, by turns. */
async function embeddedFiles(root: PdfValue | undefined, objects: PdfObjects): Promise<PdfValue[]> {
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

const tooManyFiles = () => new PdfError(bounded('bound.pdfFiles', { most: limits.pdfFiles }));

/** From here on a store is said to be there: what cannot be read of it is not absent. */
async function storeOf(file: PdfDictionary, objects: PdfObjects): Promise<Located | WalkFault> {
  try {
    const stream = await objects.stream(await streamOf(file, objects));
    if (!stream) return unread(said('note.pdfStore.noBytes'));
    const large = tooLarge(stream.bytes);
    if (large) return large;
    const bytes = await objects.unpacked(stream, trustLimits.manifestStoreBytes);
    const packed = stream.dictionary.has('Filter');
    const ranges = [{ start: stream.offset, bytes: stream.bytes }];
    const stores = asStore(bytes, PLACE, { ranges, ...(packed ? {} : { offset: stream.offset }) });
    if (stores.length > 0) return { stores };
    return unread(said(objects.isEncrypted ? 'note.pdfStore.encrypted' : 'note.pdfStore.none'));
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    if (objects.isEncrypted) return unread(said('note.pdfStore.encrypted'));
    return { ...unread(faultSaid(error.fault)), kind: error.fault.kind };
  }
}

const unread = (why: Said): WalkFault => malformed('manifestStore.pdf', { why });
