import type { NameParts } from '../trust/certificate-profile.js';
import type { SignerJudgement } from '../trust/judge.js';
import type { ManifestRecord, StoreEvidence } from './manifest-store.js';

/** Who the active manifest's certificate names, and when it says it was used. */

export function activeManifest(store: StoreEvidence): ManifestRecord | undefined {
  return store.manifests.find((m) => m.label === store.activeManifest);
}

export function signerOf(store: StoreEvidence): SignerJudgement | undefined {
  return store.signers?.get(store.activeManifest);
}

export function signerName(store: StoreEvidence): string | undefined {
  const signature = activeManifest(store)?.signature;
  return signature?.organisation ?? signature?.commonName;
}

/** One name for a certificate's subject or issuer. */
export function nameOf(parts: NameParts | undefined): string | undefined {
  return parts?.commonName ?? parts?.organisation ?? parts?.organisationalUnit;
}

/**
 * A signature that some list vouches for at a time when its certificate was valid and not revoked. Whether the
 * signature itself holds is told by the integrity.
 */
export function isVouchedFor(judgement: SignerJudgement | undefined): boolean {
  if (!judgement || judgement.trust === 'unlisted' || judgement.trust === 'not-checked') return false;
  return judgement.validity === 'inside' && judgement.revocation.revocation !== 'revoked';
}

export interface StoreTime {
  /** RFC 3339, only where the timestamp matches the signature. */
  stampedAt?: string;
  /** The same, only where its authority is on a list. */
  provenAt?: string;
  /** The manifest that keeps the timestamp, and where; left out where the signature itself bears it. */
  keptIn?: { manifest: string; place: string };
  authority?: string;
  authorityTrust: SignerJudgement['trust'];
  validity: SignerJudgement['validity'];
  revocation: 'not-checked' | 'not-revoked' | 'revoked';
}

/** From the certificates and timestamps themselves; from the engine's codes only where those could not be read. */
export function storeTime(store: StoreEvidence): StoreTime {
  const judgement = signerOf(store);
  if (!judgement) return timeFromCodes(store);
  const { timestamp, provenTime, revocation, validity } = judgement;
  const authority = nameOf(timestamp?.authority);
  const stamped = timestamp?.state === 'unsound' ? undefined : timestamp?.time;
  return {
    ...(stamped ? { stampedAt: seconds(stamped) } : {}),
    ...(provenTime ? { provenAt: seconds(provenTime) } : {}),
    ...(timestamp?.keptIn && stamped ? { keptIn: timestamp.keptIn } : {}),
    ...(authority && stamped ? { authority } : {}),
    authorityTrust: timestamp?.authorityTrust ?? 'not-checked',
    validity,
    revocation: revocation.revocation === 'good' ? 'not-revoked' : revocation.revocation,
  };
}

function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function timeFromCodes(store: StoreEvidence): StoreTime {
  // An engine puts the credential of a CAWG identity among the active codes: that is a person's, not the signer's.
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
