import { sm2, sm3 } from 'sm-crypto-v2';
import { said } from '../../say/said.js';
import type { LabelSignatureAnswer } from '../media/asset-facts.js';
import { candidateKeys, signatureNumbers } from './sm2-forms.js';

/**
 * SM2 with SM3 (GB/T 32918.2), which Node cannot check: its verify() takes that curve for ECDSA. This file loads the
 * library, which takes longer than reading a small file: import it only where there is something to check.
 */

/** TC260-PG-202511A, and the default of GM/T 0009. */
const USER_ID = '1234567812345678';

export interface Sm2Question {
  texts: { names: string; text: string }[];
  signature: string;
  publicKey: string;
}

export function verifySm2({ texts, signature, publicKey }: Sm2Question): LabelSignatureAnswer {
  const numbers = signatureNumbers(signature);
  if (!numbers) return { outcome: 'cannot-check', reason: said('fact.notChecked.signatureForm') };
  const keys = candidateKeys(publicKey).filter(isOnCurve);
  if (keys.length === 0) return { outcome: 'cannot-check', reason: said('fact.notChecked.keyForm') };
  for (const { names: signed, text } of texts) {
    const plain = Buffer.from(text);
    // One writer signs the digest of the text where the guide has the text.
    const digest = Buffer.from(sm3(plain), 'hex');
    if (keys.some((key) => holds(plain, numbers, key))) return { outcome: 'holds', signed, form: 'text' };
    if (keys.some((key) => holds(digest, numbers, key))) return { outcome: 'holds', signed, form: 'digest' };
  }
  return { outcome: 'does-not-hold' };
}

function holds(message: Uint8Array, numbers: string, key: string): boolean {
  return sm2.doVerifySignature(message, numbers, key, { hash: true, userId: USER_ID });
}

/** The library throws for a point that is not on the curve. */
function isOnCurve(key: string): boolean {
  try {
    return sm2.verifyPublicKey(key);
  } catch {
    // Said by the caller: no usable key.
    return false;
  }
}
