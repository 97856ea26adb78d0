import { brotliDecompressSync } from 'node:zlib';
import { fault, type ReadFault } from '../../../base/fault.js';
import { trustLimits as limits } from '../lists/trust-limits.js';
import {
  C2PA_UUID,
  type JumbfBox,
  JumbfBudget,
  JumbfError,
  type JumbfSuperbox,
  openSuperbox,
  parseBoxes,
} from './jumbf.js';

/** Boxes of one manifest that the readers of signatures and claims need. */
export interface ManifestBoxes {
  label: string;
  /** JUMBF URI of the claim signature. */
  locator: string;
  /** Content of the claim box, which the signature covers. */
  claim?: Buffer;
  /** Content of the claim signature box: a COSE_Sign1. */
  signature?: Buffer;
  /** `c2pa.claim` or `c2pa.claim.v2`. */
  claimLabel?: string;
  /** Unopened boxes of the assertion store: a malformed assertion is no fault of the signature. */
  assertions?: JumbfBox[];
  /** True for a store of type `c2um`. */
  update?: true;
  /** Reason why the signature is missing, or ambiguous because of a second one. */
  fault?: ReadFault;
}

export interface StoreBoxes {
  /** Manifests in store order: the last one is active (C2PA 2.2 §11.1.4). */
  manifests: ManifestBoxes[];
  fault?: ReadFault;
}

const MANIFESTS: ReadonlySet<string> = new Set([C2PA_UUID.manifest, C2PA_UUID.updateManifest]);
/** UUID of `c2as`; C2PA 2.2 §11.1.4 gives all its boxes the same last twelve bytes. */
const ASSERTION_STORE = C2PA_UUID.claim.replace(/^.{8}/, Buffer.from('c2as', 'latin1').toString('hex'));

/**
 * Returns whether the bytes begin like a C2PA manifest store: a `jumb` box containing a `jumd` with the store's content
 * type.
 */
export function isManifestStoreStart(bytes: Buffer): boolean {
  const first = bytes.length >= 16 && bytes.readUInt32BE(0) === 1 ? 16 : 8;
  return (
    bytes.length >= first + 24 &&
    bytes.toString('latin1', 4, 8) === 'jumb' &&
    bytes.toString('latin1', first + 4, first + 8) === 'jumd' &&
    bytes.toString('hex', first + 8, first + 24) === C2PA_UUID.manifestStore
  );
}

/** Returns the manifests of a store with their claim signatures. A fault does not discard what was read before it. */
export function readManifestBoxes(store: Buffer): StoreBoxes {
  const manifests: ManifestBoxes[] = [];
  const budget = new JumbfBudget();
  try {
    const [box] = parseBoxes(trimPadding(store), 0, budget);
    if (!box) return { manifests, fault: fault('jumbf.empty') };
    const root = openSuperbox(box, budget);
    for (const child of root.children.filter((c) => c.type === 'jumb')) {
      if (manifests.length >= limits.manifests) {
        return {
          manifests,
          fault: fault('bound.entries', { place: 'C2PA', most: limits.manifests }),
        };
      }
      const manifest = readManifest(child, budget);
      if (manifest) manifests.push(manifest);
    }
  } catch (error) {
    if (error instanceof JumbfError) return { manifests, fault: error.fault };
    throw error;
  }
  return markDuplicates(manifests);
}

/** Removes padding after the store, which is no box. */
function trimPadding(store: Buffer): Buffer {
  const size = store.length >= 4 ? store.readUInt32BE(0) : 0;
  return size >= 8 && size <= store.length ? store.subarray(0, size) : store;
}

function readManifest(box: JumbfBox, budget: JumbfBudget): ManifestBoxes | undefined {
  const outer = openSuperbox(box, budget, 1);
  const { label = '' } = outer.description;
  const head = { label, locator: `self#jumbf=/c2pa/${label}/c2pa.signature` };
  const isCompressed = outer.description.uuid === C2PA_UUID.compressedManifest;
  const manifest = isCompressed ? unpack(outer, budget) : outer;
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
 * C2PA 2.3, “Compressed boxes”: the manifest is in one `brob` box and has the label of the enclosing box. Offsets in it
 * count from the start of the decompressed data.
 */
function unpack(outer: JumbfSuperbox, budget: JumbfBudget): JumbfSuperbox | ReadFault {
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
      ? fault('bound.bytes', { place: 'C2PA', most: limits.manifestStoreBytes })
      : fault('manifest.compressed');
  }
  budget.unpack(bytes.length);
  const [box, ...more] = parseBoxes(bytes, 0, budget);
  if (!box || more.length > 0) return COMPRESSED_SHAPE;
  const inner = openSuperbox(box, budget, 1);
  const isManifest = MANIFESTS.has(inner.description.uuid);
  return isManifest && inner.description.label === outer.description.label ? inner : COMPRESSED_SHAPE;
}

const COMPRESSED_SHAPE: ReadFault = fault('manifest.compressedShape');

function cborOf(part: JumbfSuperbox | undefined): Buffer | undefined {
  return part?.children.find((c) => c.type === 'cbor')?.bytes;
}

/** Marks manifests with the same label: which one an engine used is unknown, so neither is vouched for. */
function markDuplicates(manifests: ManifestBoxes[]): StoreBoxes {
  const counts = new Map<string, number>();
  for (const { label } of manifests) counts.set(label, (counts.get(label) ?? 0) + 1);
  const twin = fault('manifest.sameLabel');
  return {
    manifests: manifests.map((m) =>
      counts.get(m.label) === 1 ? m : { label: m.label, locator: m.locator, fault: twin },
    ),
  };
}
