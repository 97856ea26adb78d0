import { asRecord, member } from '../ground/json-shape.js';
import { serialsIn } from '../trust/ocsp.js';
import { trustLimits as limits } from '../trust/trust-limits.js';

/** `__1` counts further ones. */
export const CERTIFICATE_STATUS = /^c2pa\.certificate-status(__\d+)?$/;

/**
 * The answers on revocation that the assertions of one store keep, by the certificate that they are about: a manifest
 * may keep some for its own signer, or for those before it. Each is signed by whoever issued that certificate, so it
 * counts wherever it stands. One that cannot be read takes nothing from a signature: revocation is then not checked.
 */
export class KeptAnswers {
  #seen = 0;
  readonly #bySerial = new Map<string, Buffer[]>();

  /** C2PA 2.2, certificate status: a map with one list of DER answers (RFC 6960). */
  take(data: unknown): void {
    const list = member(asRecord(data) ?? {}, 'ocspVals');
    for (const value of Array.isArray(list) ? list : []) {
      if (this.#seen >= limits.ocspResponsesElsewhere) return;
      this.#seen += 1;
      const der = derOf(value);
      if (!der || der.length > limits.ocspResponseBytes) continue;
      for (const serial of serialsIn(der)) {
        const known = this.#bySerial.get(serial) ?? [];
        if (known.length < limits.ocspResponsesPerSignature) this.#bySerial.set(serial, [...known, der]);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#bySerial.size === 0;
  }

  /** `serial` in decimal digits. Of another issuer's certificate with that number too: the issuer is looked at later. */
  about(serial: string): readonly Buffer[] {
    return this.#bySerial.get(serial) ?? [];
  }
}

const BASE64_BYTES = Math.ceil(limits.ocspResponseBytes / 3) * 4;

/** The standard has byte strings; c2pa-rs up to 0.90 writes Base64 in text, as the pictures of OpenAI in 2026 have it. */
function derOf(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  const isBase64 = typeof value === 'string' && value.length <= BASE64_BYTES && /^[\w+/]+={0,2}$/.test(value);
  return isBase64 ? Buffer.from(value, 'base64') : undefined;
}
