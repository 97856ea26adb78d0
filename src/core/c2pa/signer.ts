import type { NameParts } from '../trust/certificate-profile.js';
import type { SignerJudgement } from '../trust/judge-signer.js';
import type { ManifestRecord, StoreEvidence } from './manifest-store.js';

/** Signer and signing time of the active manifest, by its certificate. */

export function activeManifest(store: StoreEvidence): ManifestRecord | undefined {
  return store.manifests.find((m) => m.label === store.activeManifest);
}

export function activeSigner(store: StoreEvidence): SignerJudgement | undefined {
  return store.signers?.get(store.activeManifest);
}

export function signerName(store: StoreEvidence): string | undefined {
  const signature = activeManifest(store)?.signature;
  return signature?.organisation ?? signature?.commonName;
}

/** Returns one name for the subject or issuer of a certificate. */
export function certificateName(parts: NameParts | undefined): string | undefined {
  return parts?.commonName ?? parts?.organisation ?? parts?.organisationalUnit;
}

/**
 * Returns whether a list vouches for the certificate, which was valid at the time and not revoked. Whether the
 * signature itself is valid is part of the integrity.
 */
export function isVouchedFor(judgement: SignerJudgement | undefined): boolean {
  if (!judgement || judgement.trust === 'unlisted' || judgement.trust === 'not-checked') return false;
  return judgement.validity === 'inside' && judgement.revocation.revocation !== 'revoked';
}

export interface StoreTime {
  /** RFC 3339. Present only if the timestamp matches the signature. */
  stampedAt?: string;
  /** RFC 3339. Present only if the timestamp's authority is also on a list. */
  provenAt?: string;
  /** Manifest and assertion that hold the timestamp. Absent if the signature itself holds it. */
  keptIn?: { manifest: string; locator: string };
  authority?: string;
  authorityTrust: SignerJudgement['trust'];
  validity: SignerJudgement['validity'];
  revocation: 'not-checked' | 'not-revoked' | 'revoked';
}

/** Returns the signing time from certificates and timestamps; from the engine's codes only if those could not be read. */
export function resolveStoreTime(store: StoreEvidence): StoreTime {
  const judgement = activeSigner(store);
  if (!judgement) return storeTimeFromCodes(store);
  const { timestamp, provenTime, revocation, validity } = judgement;
  const authority = certificateName(timestamp?.authority);
  const stamped = timestamp?.state === 'unsound' ? undefined : timestamp?.time;
  return {
    ...(stamped ? { stampedAt: formatSeconds(stamped) } : {}),
    ...(provenTime ? { provenAt: formatSeconds(provenTime) } : {}),
    ...(timestamp?.keptIn && stamped ? { keptIn: timestamp.keptIn } : {}),
    ...(authority && stamped ? { authority } : {}),
    authorityTrust: timestamp?.authorityTrust ?? 'not-checked',
    validity,
    revocation: revocation.revocation === 'good' ? 'not-revoked' : revocation.revocation,
  };
}

function formatSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function storeTimeFromCodes(store: StoreEvidence): StoreTime {
  // Engines list the credential of a CAWG identity among the active codes. It belongs to a person, not to the signer.
  const codes = store.codes.active.filter((c) => !/\/cawg\.identity(__\d+)?$/.test(c.url ?? ''));
  const has = (code: string, kind?: string) =>
    codes.some((c) => c.code === code && (kind === undefined || c.kind === kind));
  const stamp = codes.find((c) => c.code === 'timeStamp.validated' && c.kind === 'success');
  const time = activeManifest(store)?.signature.time;
  const authority = stamp?.explanation && /: (.{1,200})$/.exec(stamp.explanation)?.[1];
  return {
    ...(stamp && time ? { stampedAt: time } : {}),
    ...(authority ? { authority } : {}),
    authorityTrust: 'not-checked',
    validity: validityFromCodes(has),
    revocation: 'not-checked',
  };
}

function validityFromCodes(has: (code: string, kind?: string) => boolean): StoreTime['validity'] {
  if (has('signingCredential.expired', 'failure')) return 'expired-without-timestamp';
  if (has('claimSignature.outsideValidity') || has('timeStamp.outsideValidity')) return 'outside';
  if (has('claimSignature.insideValidity', 'success')) return 'inside';
  return 'unknown';
}
