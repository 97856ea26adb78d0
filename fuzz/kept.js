import { isDeepStrictEqual } from 'node:util';

/** Compares what is stored of a signed file, for use after the file is gone, with a reading of the bytes themselves. */

const { loadMaterial: materialOf } = await import('../src/core/credentials/verify-store.ts');
const { UndeterminedError: CannotTell } = await import('../src/core/trust/cannot-tell.ts');
const { judgeOpenedSigner: judgeOpened, judgeSigner } = await import('../src/core/trust/judge-signer.ts');
const { toStoredSigner: keptSigner, openStoredSigner: openKept } = await import(
  '../src/core/trust/stored-signer.ts'
);

/** Days before and after the certificates have expired, each with and without lists. */
const DAYS = ['2026-11-01', '2060-01-01'];

/**
 * Returns the signers of a store that would be judged differently without the file. A signer of which nothing is
 * stored, or whose state cannot be determined, needs the file and is no finding.
 * @param {Pick<import('../src/core/credentials/verified-bytes.ts').VerifiedBytes, 'signers'>} judged
 */
export async function wrongInKept({ signers }, trustDir) {
  const findings = [];
  for (const { label, signature, stampedElsewhere } of signers) {
    if (!signature || stampedElsewhere) continue;
    const kept = keptSigner(signature, { identity: label, withNumbers: true });
    if (kept === undefined) continue;
    const json = JSON.stringify(kept);
    for (const material of [await materialOf({ trustDir }), await materialOf({})]) {
      for (const asOf of DAYS) {
        const there = judgeSigner(signature, material, { asOf });
        const gone = judgedFrom(json, material, asOf);
        if (gone !== undefined && !isDeepStrictEqual(plain(there), plain(gone)))
          findings.push({ kind: 'kept-differs', detail: `${label} ${asOf}` });
      }
    }
  }
  return findings;
}

function judgedFrom(json, material, asOf) {
  try {
    return { judgement: judgeOpened(openKept(JSON.parse(json)), material, asOf) };
  } catch (error) {
    if (error instanceof CannotTell) return undefined;
    throw error;
  }
}

/**
 * In JSON, an undefined member is absent. The chain's certificates are objects, and `path` carries their content.
 * `identity` distinguishes certificates of one store, and has another value for a stored trace.
 */
const LEFT_OUT = new Set(['chain', 'identity']);
const plain = (value) =>
  JSON.parse(JSON.stringify(value, (name, one) => (LEFT_OUT.has(name) ? undefined : one)));
