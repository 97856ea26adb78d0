import { createHash } from 'node:crypto';
import { bearsOnBytes, isOtherHash, saysAltered } from '../../c2pa/integrity.js';
import type { OwnHash, StatusCode, StoreEvidence } from '../../c2pa/manifest-store.js';
import { asRecord, type JsonRecord, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { claimSignatureState } from '../../trust/claim-signature.js';
import { readClaimSignature } from '../../trust/cose.js';
import { JumbfBudget, JumbfError, openSuperbox } from '../../trust/jumbf.js';
import { type ManifestBoxes, manifestBoxes } from '../../trust/manifest-boxes.js';
import { claimBudget, readClaimCbor } from '../claim-cbor.js';
import { readManifestStore } from '../manifest-store/index.js';

/** Hashes that C2PA 2.2 (13.1) allows, by the name that Node has for each, with their length in bytes. */
const ALGORITHMS: ReadonlyMap<unknown, number> = new Map([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
]);

const MOST_EXCLUSIONS = 64;
const BINDING = 'c2pa.hash.data';

/**
 * Assay's own answer to whether the bytes of a file are those that its active manifest was signed over, where an engine
 * says that they are not: the hash that `c2pa.hash.data` states, and the one that the bytes
 * have without the ranges that it leaves out (C2PA 2.2, 18.5). Nothing is taken from the engine's reading of the assertion:
 * it comes from the file's own bytes. Undefined wherever something else than those two could be meant, or the two are the
 * same after all: then another engine has to be heard.
 */
export async function ownHash(asset: Asset, store: StoreEvidence): Promise<OwnHash | undefined> {
  if (store.initSegmentOnly || !saysOtherHash(store)) return undefined;
  const own = await readManifestStore(asset);
  if (own.status !== 'found' || 'code' in own || own.notes !== undefined) return undefined;
  const active = activeIn(own.value.bytes, store.activeManifest);
  if (active === undefined || !agreesOnSignature(active, store)) return undefined;
  const binding = bindingIn(active);
  if (binding === undefined) return undefined;
  const found = await hashed(asset, binding);
  return found === undefined || found === binding.stated
    ? undefined
    : { algorithm: binding.algorithm, stated: binding.stated, found };
}

/** What the claim says of the assertion holds, and the file's hash does not. */
function saysOtherHash(store: StoreEvidence): boolean {
  const against = store.codes.active.filter(bearsOnBytes);
  return (
    against.some(isOtherHash) &&
    against.every(saysAltered) &&
    says(store, { kind: 'success', code: 'assertion.hashedURI.match' }, `/${BINDING}`)
  );
}

/** Of its active manifest. `what`: the end of the address of what it is said of. */
const says = (
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

/** The engine says that the claim's signature holds; or that it does not, and to Assay it does not either. */
function agreesOnSignature({ claim, signature }: ManifestBoxes, store: StoreEvidence): boolean {
  const engine = (kind: StatusCode['kind'], code: string) => says(store, { kind, code }, '/c2pa.signature');
  const doesNotHold = engine('failure', 'claimSignature.mismatch');
  if (!doesNotHold) return engine('success', 'claimSignature.validated');
  if (claim === undefined || signature === undefined) return false;
  const answer = readClaimSignature(signature, claim);
  return 'signature' in answer && claimSignatureState(answer.signature, claim) === 'does-not-hold';
}

interface Binding {
  algorithm: string;
  stated: string;
  /** In the order of the file, none in another. */
  leftOut: { start: number; end: number }[];
}

/** Undefined where it does not stand once and last in a store without faults. */
function activeIn(store: Buffer, label: string): ManifestBoxes | undefined {
  const { manifests, fault } = manifestBoxes(store);
  const active = manifests.at(-1);
  return fault || active?.label !== label || active.fault || active.update ? undefined : active;
}

/** Undefined where it is not the only one. */
function bindingIn(active: ManifestBoxes): Binding | undefined {
  try {
    return bindingOf(active);
  } catch (error) {
    if (error instanceof JumbfError) return undefined;
    throw error;
  }
}

function bindingOf({ claim, assertions = [] }: ManifestBoxes): Binding | undefined {
  const boxes = new JumbfBudget();
  const items = claimBudget();
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
  if (said === undefined || ofClaim === undefined || member(said, 'url') !== undefined) return undefined;
  const algorithm = member(said, 'alg') ?? member(ofClaim, 'alg');
  const stated = member(said, 'hash');
  const leftOut = exclusionsIn(member(said, 'exclusions'));
  if (typeof algorithm !== 'string' || !Buffer.isBuffer(stated) || leftOut === undefined) return undefined;
  return ALGORITHMS.get(algorithm) === stated.length
    ? { algorithm, stated: stated.toString('hex'), leftOut }
    : undefined;
}

/** Hard bindings of any kind, further ones of a kind among them. */
const HASHES = /^c2pa\.hash\./;

function exclusionsIn(list: unknown): Binding['leftOut'] | undefined {
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_EXCLUSIONS) return undefined;
  const leftOut: Binding['leftOut'] = [];
  let before = 0;
  for (const entry of list) {
    const record = asRecord(entry);
    const start = record && member(record, 'start');
    const length = record && member(record, 'length');
    if (!isCount(start) || !isCount(length) || start < before) return undefined;
    before = start + length;
    leftOut.push({ start, end: before });
  }
  return leftOut;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Lower-case hexadecimal; undefined where what is left out ends behind the file. */
async function hashed(asset: Asset, { algorithm, leftOut }: Binding): Promise<string | undefined> {
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
