import { sm2, sm3 } from 'sm-crypto-v2';
import { message } from '../../i18n/message.js';
import type { LabelSignatureAnswer } from '../media/asset-facts.js';
import { parseCandidateKeys, parseSignature } from './formats/sm2-forms.js';

/**
 * Verifies SM2 with SM3 (GB/T 32918.2), which Node does not support: its verify() takes that curve for ECDSA. Importing
 * this file loads the library, which takes longer than reading a small file, so import it only if there is something to
 * verify.
 */

/** Default user id of TC260-PG-202511A and GM/T 0009. */
const USER_ID = '1234567812345678';

export interface Sm2Input {
  texts: { names: string; text: string }[];
  signature: string;
  publicKey: string;
}

export function verifySm2({ texts, signature, publicKey }: Sm2Input): LabelSignatureAnswer {
  const numbers = parseSignature(signature);
  if (!numbers) return { outcome: 'cannot-check', reason: message('fact.notChecked.signatureForm') };
  const keys = parseCandidateKeys(publicKey).filter(isOnCurve);
  if (keys.length === 0) return { outcome: 'cannot-check', reason: message('fact.notChecked.keyForm') };
  for (const { names: signed, text } of texts) {
    const plain = Buffer.from(text);
    // One writer signs the digest of the text instead of the text required by the guide.
    const digest = Buffer.from(sm3(plain), 'hex');
    if (keys.some((key) => isSignatureValid(plain, numbers, key)))
      return { outcome: 'holds', signed, form: 'text' };
    if (keys.some((key) => isSignatureValid(digest, numbers, key)))
      return { outcome: 'holds', signed, form: 'digest' };
  }
  return { outcome: 'does-not-hold' };
}

function isSignatureValid(message: Uint8Array, numbers: string, key: string): boolean {
  return sm2.doVerifySignature(message, numbers, key, { hash: true, userId: USER_ID });
}

/** The library throws for a point that is not on the curve. */
function isOnCurve(key: string): boolean {
  try {
    return sm2.verifyPublicKey(key);
  } catch {
    // The caller reports that there is no usable key.
    return false;
  }
}
