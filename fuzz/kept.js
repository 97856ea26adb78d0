import { isDeepStrictEqual } from 'node:util';

/** What is kept of a signed file for the day it is gone, held against what the bytes themselves say. */

const { materialOf } = await import('../src/core/credentials/judge-store.ts');
const { CannotTell } = await import('../src/core/trust/cannot-tell.ts');
const { judgeOpened, judgeSigner } = await import('../src/core/trust/judge.ts');
const { keptSigner, openKept } = await import('../src/core/trust/kept-signer.ts');

/** With lists and without any, before and after certificates have run out. */
const DAYS = ['2026-11-01', '2060-01-01'];

/**
 * Signers of a store that would be judged otherwise without the file. One of which nothing is kept, or of which that
 * cannot be told, needs the file: that is no finding.
 * @param {Pick<import('../src/core/credentials/judge-store.ts').JudgedBytes, 'signers'>} judged
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
 * As JSON has it: a member that is undefined is not there. The chain's certificates are objects; `path` says what they
 * say. `identity` tells one certificate of a store from another, and is another name for one of which a trace is left.
 */
const LEFT_OUT = new Set(['chain', 'identity']);
const plain = (value) =>
  JSON.parse(JSON.stringify(value, (name, one) => (LEFT_OUT.has(name) ? undefined : one)));
