import { brotliDecompressSync } from 'node:zlib';
import { fault, type ReadFault } from '../ground/fault.js';

import {
  boxesIn,
  C2PA_UUID,
  type JumbfBox,
  JumbfBudget,
  JumbfError,
  type JumbfSuperbox,
  openSuperbox,
} from './jumbf.js';
import { trustLimits as limits } from './trust-limits.js';

/** The parts of one manifest, as far as readers of signatures and of claims look at them. */
export interface ManifestBoxes {
  label: string;
  /** JUMBF URI of the claim signature. */
  place: string;
  /** Content of the claim box: the bytes that the signature covers. */
  claim?: Buffer;
  /** Content of the claim signature box: a COSE_Sign1. */
  signature?: Buffer;
  /** `c2pa.claim` or `c2pa.claim.v2`. */
  claimLabel?: string;
  /** The boxes of the assertion store, unopened: a broken assertion is no fault of the signature. */
  assertions?: JumbfBox[];
  /** A store of type `c2um`. */
  update?: true;
  /** Why there is no signature here, or a second one that makes it doubtful. */
  fault?: ReadFault;
}

export interface StoreBoxes {
  /** In the order of the store: the last one is the active manifest (C2PA 2.2 §11.1.4). */
  manifests: ManifestBoxes[];
  fault?: ReadFault;
}

const MANIFESTS: ReadonlySet<string> = new Set([C2PA_UUID.manifest, C2PA_UUID.updateManifest]);
/** `c2as`; C2PA 2.2 §11.1.4 gives all its boxes the same last twelve bytes. */
const ASSERTION_STORE = C2PA_UUID.claim.replace(/^.{8}/, Buffer.from('c2as', 'latin1').toString('hex'));

/** True where the bytes begin as a C2PA manifest store: `jumb`, in it `jumd` with the store's content type. */
export function beginsManifestStore(bytes: Buffer): boolean {
  const first = bytes.length >= 16 && bytes.readUInt32BE(0) === 1 ? 16 : 8;
  return (
    bytes.length >= first + 24 &&
    bytes.toString('latin1', 4, 8) === 'jumb' &&
    bytes.toString('latin1', first + 4, first + 8) === 'jumd' &&
    bytes.toString('hex', first + 8, first + 24) === C2PA_UUID.manifestStore
  );
}

/** The manifests of a store with their claim signatures. A fault keeps what was read before it. */
export function manifestBoxes(store: Buffer): StoreBoxes {
  const manifests: ManifestBoxes[] = [];
  const budget = new JumbfBudget();
  try {
    const [box] = boxesIn(storeOnly(store), 0, budget);
    if (!box) return { manifests, fault: fault('jumbf.empty') };
    const root = openSuperbox(box, budget);
    for (const child of root.children.filter((c) => c.type === 'jumb')) {
      if (manifests.length >= limits.manifests) {
        return {
          manifests,
          fault: fault('bound.manifests', { most: limits.manifests }),
        };
      }
      const manifest = readManifest(child, budget);
      if (manifest) manifests.push(manifest);
    }
  } catch (error) {
    if (error instanceof JumbfError) return { manifests, fault: error.fault };
    throw error;
  }
  return markTwins(manifests);
}

/** Padding may follow the store; it is no box. */
function storeOnly(store: Buffer): Buffer {
  const size = store.length >= 4 ? store.readUInt32BE(0) : 0;
  return size >= 8 && size <= store.length ? store.subarray(0, size) : store;
}

function readManifest(box: JumbfBox, budget: JumbfBudget): ManifestBoxes | undefined {
  const outer = openSuperbox(box, budget, 1);
  const { label = '' } = outer.description;
  const head = { label, place: `self#jumbf=/c2pa/${label}/c2pa.signature` };
  const isCompressed = outer.description.uuid === C2PA_UUID.compressedManifest;
  const manifest = isCompressed ? unpacked(outer, budget) : outer;
  if ('code' in manifest) return { ...head, fault: manifest };
  const { uuid } = manifest.description;
  if (!MANIFESTS.has(uuid)) return undefined;
  const parts = manifest.children
    .filter((c) => c.type === 'jumb')
    .map((child) => openSuperbox(child, budget, 2));
  const signatures = parts.filter((p) => p.description.uuid === C2PA_UUID.claimSignature);
  const claims = parts.filter((p) => p.description.uuid === C2PA_UUID.claim);
  if (signatures.length > 1 || claims.length > 1) {
    return {
      ...head,
      fault: fault('manifest.severalSignatures'),
    };
  }
  const claim = cborOf(claims[0]);
  const signature = cborOf(signatures[0]);
  if (!signature)
    return {
      ...head,
      fault: fault('manifest.noSignature'),
    };
  const claimLabel = claims[0]?.description.label;
  const stores = parts.filter((p) => p.description.uuid === ASSERTION_STORE);
  return {
    ...head,
    signature,
    ...(claim ? { claim } : {}),
    ...(claimLabel === undefined ? {} : { claimLabel }),
    ...(stores.length > 0
      ? { assertions: stores.flatMap((s) => s.children).filter((c) => c.type === 'jumb') }
      : {}),
    ...(uuid === C2PA_UUID.updateManifest ? { update: true } : {}),
  };
}

/**
 * C2PA 2.3, “Compressed boxes”: the manifest stands in one `brob` box, and bears the label of the box around it.
 * Offsets in it count from the start of what was compressed.
 */
function unpacked(outer: JumbfSuperbox, budget: JumbfBudget): JumbfSuperbox | ReadFault {
  const packed = outer.children.filter((c) => c.type === 'brob');
  const [only] = packed;
  if (!only || packed.length > 1) return COMPRESSED_SHAPE;
  const most = budget.unpackedBytesLeft;
  let bytes: Buffer;
  try {
    bytes = brotliDecompressSync(only.bytes, { maxOutputLength: Math.max(most, 1) });
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge
      ? fault('bound.compressedManifest', { most: limits.manifestStoreBytes })
      : fault('manifest.compressed');
  }
  budget.unpack(bytes.length);
  const [box, ...more] = boxesIn(bytes, 0, budget);
  if (!box || more.length > 0) return COMPRESSED_SHAPE;
  const inner = openSuperbox(box, budget, 1);
  const isManifest = MANIFESTS.has(inner.description.uuid);
  return isManifest && inner.description.label === outer.description.label ? inner : COMPRESSED_SHAPE;
}

const COMPRESSED_SHAPE: ReadFault = fault('manifest.compressedShape');

function cborOf(part: JumbfSuperbox | undefined): Buffer | undefined {
  return part?.children.find((c) => c.type === 'cbor')?.bytes;
}

/** Two manifests of one label: which of them an engine took cannot be told, so neither is vouched for. */
function markTwins(manifests: ManifestBoxes[]): StoreBoxes {
  const counts = new Map<string, number>();
  for (const { label } of manifests) counts.set(label, (counts.get(label) ?? 0) + 1);
  const twin = fault('manifest.sameLabel');
  return {
    manifests: manifests.map((m) =>
      counts.get(m.label) === 1 ? m : { label: m.label, place: m.place, fault: twin },
    ),
  };
}
