import type { AnalyzeOptions } from './analyze-options.js';
import type { Asset } from './asset.js';
import type { ManifestRecord, StoreEvidence } from './c2pa/manifest-store.js';
import { isVouchedFor } from './c2pa/signer.js';
import { type Read, type ReadFault, readValue } from './evidence.js';
import { sidecarBytes } from './readers/c2pa/sidecar.js';
import { signaturesIn } from './readers/c2pa-certificates.js';
import { claimFacts } from './readers/c2pa-claims.js';
import { readManifestStore } from './readers/manifest-store/index.js';
import type { Report } from './report.js';
import { loadConformingProducts } from './trust/conforming-products.js';
import { judgeSigner, type SignerJudgement } from './trust/judge.js';
import { loadTrustMaterial, NO_TRUST_MATERIAL } from './trust/material.js';

/**
 * Joins what the engine said of a store with what the file's own bytes say: certificates, timestamps and claims.
 * The engines give names and serial numbers, and mix the anchors of signers and of timestamp authorities.
 */

type Options = Pick<AnalyzeOptions, 'trustDir' | 'asOf' | 'sidecarPath'>;

export async function judgeStore(
  asset: Asset,
  store: StoreEvidence,
  options: Options,
): Promise<{ store: StoreEvidence; lists: Report['tool']['lists'] }> {
  const { trustDir, asOf } = options;
  const material = trustDir === undefined ? NO_TRUST_MATERIAL : await loadTrustMaterial(trustDir);
  const lists = material.lists.map(({ name, date }) => ({ name, ...(date ? { date } : {}) }));
  const read = await storeBytes(asset, store, options.sidecarPath);
  const bytes = readValue(read);
  if (bytes === undefined) return { store: { ...store, bytesFault: faultOf(read) }, lists };
  const { signers, fault } = signersOf(store, bytes, (signature) => judgeSigner(signature, material, asOf));
  const facts = claimFacts(bytes);
  const product = trustDir === undefined ? undefined : await productOf(store, signers, trustDir);
  const bytesFault = fault ?? facts.fault;
  return {
    store: {
      ...store,
      signers,
      claims: facts.claims,
      storeBytes: bytes.length,
      ...(product ? { product } : {}),
      ...(bytesFault ? { bytesFault } : {}),
    },
    lists,
  };
}

/** A sidecar is a bare manifest store; in a file it stands in a box, chunk, segment or tag. */
async function storeBytes(asset: Asset, store: StoreEvidence, sidecarPath?: string): Promise<Read<Buffer>> {
  if (store.sidecar && sidecarPath !== undefined) return sidecarBytes(sidecarPath);
  const read = await readManifestStore(asset);
  const raw = readValue(read);
  return raw ? { status: 'found', value: raw.bytes } : (read as Read<never>);
}

function signersOf(
  store: StoreEvidence,
  bytes: Buffer,
  judge: (signature: Parameters<typeof judgeSigner>[0]) => ReturnType<typeof judgeSigner>,
): { signers: Map<string, SignerJudgement>; fault?: ReadFault | undefined } {
  const { signatures, fault: broken } = signaturesIn(bytes);
  const signers = new Map<string, SignerJudgement>();
  let fault = broken;
  for (const { label, signature, fault: unread } of signatures) {
    const record = store.manifests.find((m) => m.label === label);
    if (!record) continue;
    if (!signature) {
      fault ??= unread;
      continue;
    }
    const answer = judge(signature);
    if ('fault' in answer) fault ??= answer.fault;
    else if (!isSameCertificate(record, answer.judgement)) fault ??= OTHER_CERTIFICATE;
    else signers.set(label, answer.judgement);
  }
  return { signers, fault };
}

/** Two readers over one file may be led to different manifests: what was judged must be what the engine validated. */
function isSameCertificate({ signature }: ManifestRecord, { certificate }: SignerJudgement): boolean {
  return signature.serial === certificate.serial;
}

const OTHER_CERTIFICATE: ReadFault = {
  code: 'certificate.differs',
  reason:
    'The certificate found in the file is not the one that the C2PA engine validated, so the signer was not matched against lists.',
};

/** A name in a certificate proves nothing by itself: only that of a signer whom some list vouches for is looked up. */
async function productOf(store: StoreEvidence, signers: Map<string, SignerJudgement>, trustDir: string) {
  const judgement = signers.get(store.activeManifest);
  if (!judgement || !isVouchedFor(judgement)) return undefined;
  const answer = await loadConformingProducts(trustDir);
  return answer && 'products' in answer ? answer.products.match(judgement.certificate.subject) : undefined;
}

function faultOf(read: Read<unknown>): ReadFault {
  if ('code' in read) return { code: read.code, reason: read.reason };
  return { code: 'store.notFound', reason: 'The manifest store was not found in the file’s own bytes.' };
}
