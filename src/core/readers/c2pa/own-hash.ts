import { createHash } from 'node:crypto';
import { asRecord, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { concernsBytes, isAlteredCode, isHashMismatch } from '../../c2pa/integrity.js';
import type { OwnHash, StatusCode, StoreEvidence } from '../../c2pa/manifest-store.js';
import type { Asset } from '../../media/asset.js';
import { claimSignatureState } from '../../trust/claim-signature.js';
import { readClaimSignature } from '../../trust/formats/cose.js';
import { JumbfBudget, JumbfError, openSuperbox } from '../../trust/formats/jumbf.js';
import { type ManifestBoxes, readManifestBoxes } from '../../trust/formats/manifest-boxes.js';
import { readManifestStore } from '../manifest-store/index.js';
import { createClaimBudget, readClaimCbor } from './claim-cbor.js';

/** Hash algorithms that C2PA 2.2 (13.1) allows, by Node's name, with their length in bytes. */
const ALGORITHMS: ReadonlyMap<unknown, number> = new Map([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
]);

const MAX_EXCLUSIONS = 64;
const BINDING = 'c2pa.hash.data';

/**
 * Checks an engine's verdict that the bytes of a file differ from those that its active manifest was signed over.
 * Returns the hash that `c2pa.hash.data` states and the actual hash of the bytes without the excluded ranges (C2PA 2.2,
 * 18.5). The assertion is read from the file's own bytes and not from the engine's result. Returns `undefined` if
 * anything else could be meant or if the two hashes are equal: another engine has to be asked then.
 */
export async function computeOwnHash(asset: Asset, store: StoreEvidence): Promise<OwnHash | undefined> {
  if (store.initSegmentOnly || !reportsOtherHash(store)) return undefined;
  const own = await readManifestStore(asset);
  if (own.status !== 'found' || 'code' in own || own.notes !== undefined) return undefined;
  const active = findActiveManifest(own.value.bytes, store.activeManifest);
  if (active === undefined || !agreesOnSignature(active, store)) return undefined;
  const binding = findBinding(active);
  if (binding === undefined) return undefined;
  const found = await hashRanges(asset, binding);
  return found === undefined || found === binding.stated
    ? undefined
    : { algorithm: binding.algorithm, stated: binding.stated, found };
}

/** The assertion matches its hash in the claim, but the hash of the file does not match. */
function reportsOtherHash(store: StoreEvidence): boolean {
  const against = store.codes.active.filter(concernsBytes);
  return (
    against.some(isHashMismatch) &&
    against.every(isAlteredCode) &&
    hasCode(store, { kind: 'success', code: 'assertion.hashedURI.match' }, `/${BINDING}`)
  );
}

/** Returns whether the active manifest has this code. `what`: end of the URI that the code refers to. */
const hasCode = (
  { codes, activeManifest }: StoreEvidence,
  { kind, code }: Pick<StatusCode, 'kind' | 'code'>,
  what: string,
): boolean =>
  codes.active.some(
    (one) =>
      one.kind === kind &&
      one.code === code &&
      one.url?.includes(`/${activeManifest}/`) === true &&
      one.url.endsWith(what),
  );

/** Returns whether the engine validated the claim's signature, or whether both it and Assay found a mismatch. */
function agreesOnSignature({ claim, signature }: ManifestBoxes, store: StoreEvidence): boolean {
  const engine = (kind: StatusCode['kind'], code: string) =>
    hasCode(store, { kind, code }, '/c2pa.signature');
  const doesNotHold = engine('failure', 'claimSignature.mismatch');
  if (!doesNotHold) return engine('success', 'claimSignature.validated');
  if (claim === undefined || signature === undefined) return false;
  const answer = readClaimSignature(signature, claim);
  return 'signature' in answer && claimSignatureState(answer.signature, claim) === 'does-not-hold';
}

interface Binding {
  algorithm: string;
  stated: string;
  /** Excluded ranges, ascending and without overlap. */
  exclusions: { start: number; end: number }[];
}

/** Returns the manifest with this label; `undefined` unless it is unique and the last one in a store without faults. */
function findActiveManifest(store: Buffer, label: string): ManifestBoxes | undefined {
  const { manifests, fault } = readManifestBoxes(store);
  const active = manifests.at(-1);
  return fault || active?.label !== label || active.fault || active.update ? undefined : active;
}

/** Returns the data hash; `undefined` if the manifest has another hard binding. */
function findBinding(active: ManifestBoxes): Binding | undefined {
  try {
    return parseBinding(active);
  } catch (error) {
    if (error instanceof JumbfError) return undefined;
    throw error;
  }
}

function parseBinding({ claim, assertions = [] }: ManifestBoxes): Binding | undefined {
  const boxes = new JumbfBudget();
  const items = createClaimBudget();
  const hashes = assertions
    .map((box) => openSuperbox(box, boxes, 3))
    .filter(({ description }) => HASHES.test(description.label ?? ''));
  const [only, ...others] = hashes;
  if (only?.description.label !== BINDING || others.length > 0) return undefined;
  const read = (bytes: Buffer | undefined): JsonRecord | undefined => {
    const answer = bytes === undefined ? undefined : readClaimCbor(bytes, items);
    return answer !== undefined && 'value' in answer ? asRecord(answer.value) : undefined;
  };
  const said = read(only.children.find(({ type }) => type === 'cbor')?.bytes);
  const ofClaim = read(claim);
  if (said === undefined || ofClaim === undefined || ownMember(said, 'url') !== undefined) return undefined;
  const algorithm = ownMember(said, 'alg') ?? ownMember(ofClaim, 'alg');
  const stated = ownMember(said, 'hash');
  const leftOut = exclusionsIn(ownMember(said, 'exclusions'));
  if (typeof algorithm !== 'string' || !Buffer.isBuffer(stated) || leftOut === undefined) return undefined;
  return ALGORITHMS.get(algorithm) === stated.length
    ? { algorithm, stated: stated.toString('hex'), exclusions: leftOut }
    : undefined;
}

/** Labels of hard bindings of any kind, including numbered ones. */
const HASHES = /^c2pa\.hash\./;

function exclusionsIn(list: unknown): Binding['exclusions'] | undefined {
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_EXCLUSIONS) return undefined;
  const leftOut: Binding['exclusions'] = [];
  let before = 0;
  for (const entry of list) {
    const record = asRecord(entry);
    const start = record && ownMember(record, 'start');
    const length = record && ownMember(record, 'length');
    if (!isCount(start) || !isCount(length) || start < before) return undefined;
    before = start + length;
    leftOut.push({ start, end: before });
  }
  return leftOut;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Returns the hash in lower-case hexadecimal; `undefined` if an excluded range ends beyond the file. */
async function hashRanges(
  asset: Asset,
  { algorithm, exclusions: leftOut }: Binding,
): Promise<string | undefined> {
  if ((leftOut.at(-1)?.end ?? 0) > asset.bytes) return undefined;
  const hash = createHash(algorithm);
  let at = 0;
  for (const { start, end } of [...leftOut, { start: asset.bytes, end: asset.bytes }]) {
    for (; at < start; at += limits.hashChunkBytes)
      hash.update(await asset.read(at, Math.min(limits.hashChunkBytes, start - at)));
    at = end;
  }
  return hash.digest('hex');
}
