import type { ManifestRecord, StoreEvidence } from './manifest-store.js';

/** Who the active manifest's certificate names, and when it says it was used. */

export function activeManifest(store: StoreEvidence): ManifestRecord | undefined {
  return store.manifests.find((m) => m.label === store.activeManifest);
}

export function signerName(store: StoreEvidence): string | undefined {
  const signature = activeManifest(store)?.signature;
  return signature?.organisation ?? signature?.commonName;
}

export interface StoreTime {
  /** RFC 3339, only where the timestamp matches the signature. */
  stampedAt?: string;
  authority?: string;
  validity: 'inside' | 'expired-without-timestamp' | 'not-yet-valid' | 'outside' | 'unknown';
}

/**
 * The timestamp's authority is not matched against any list here, so a stamped but expired credential is
 * `outside` only where the SDK says so of the stamped time itself.
 */
export function storeTime(store: StoreEvidence): StoreTime {
  const codes = store.codes.active;
  const has = (code: string, kind?: string) =>
    codes.some((c) => c.code === code && (kind === undefined || c.kind === kind));
  const stamp = codes.find((c) => c.code === 'timeStamp.validated' && c.kind === 'success');
  const time = activeManifest(store)?.signature.time;
  const authority = stamp?.explanation && /: (.{1,200})$/.exec(stamp.explanation)?.[1];
  return {
    ...(stamp && time ? { stampedAt: time } : {}),
    ...(authority ? { authority } : {}),
    validity: validity(has),
  };
}

function validity(has: (code: string, kind?: string) => boolean): StoreTime['validity'] {
  if (has('signingCredential.expired', 'failure')) return 'expired-without-timestamp';
  if (has('claimSignature.outsideValidity') || has('timeStamp.outsideValidity')) return 'outside';
  if (has('claimSignature.insideValidity', 'success')) return 'inside';
  return 'unknown';
}
