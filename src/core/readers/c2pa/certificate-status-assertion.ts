import { asRecord, ownMember } from '../../../base/json-shape.js';
import { trustLimits as limits } from '../../trust/lists/trust-limits.js';
import { listSerials } from '../../trust/ocsp.js';

/** Label; `__1` and so on number further assertions. */
export const CERTIFICATE_STATUS = /^c2pa\.certificate-status(__\d+)?$/;

/**
 * Revocation responses in the assertions of one store, by the certificate that they are about. A manifest may hold
 * responses for its own signer or for earlier ones. The issuer of that certificate signed each of them, so it counts
 * regardless of where it is stored. An unreadable response does not affect a signature: revocation is then not checked.
 */
export class StoredOcspResponses {
  #seen = 0;
  readonly #bySerial = new Map<string, Buffer[]>();

  /** Adds the responses of one assertion: a map with one list of DER responses (RFC 6960; C2PA 2.2, certificate status). */
  addAssertion(data: unknown): void {
    const list = ownMember(asRecord(data) ?? {}, 'ocspVals');
    for (const value of Array.isArray(list) ? list : []) {
      if (this.#seen >= limits.ocspResponsesElsewhere) return;
      this.#seen += 1;
      const der = toDer(value);
      if (!der || der.length > limits.ocspResponseBytes) continue;
      for (const serial of listSerials(der)) {
        const known = this.#bySerial.get(serial) ?? [];
        if (known.length < limits.ocspResponsesPerSignature) this.#bySerial.set(serial, [...known, der]);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#bySerial.size === 0;
  }

  /**
   * Returns the responses about `serial` (decimal digits). They may include another issuer's certificate with the same
   * number; the issuer is checked later.
   */
  forSerial(serial: string): readonly Buffer[] {
    return this.#bySerial.get(serial) ?? [];
  }
}

const BASE64_BYTES = Math.ceil(limits.ocspResponseBytes / 3) * 4;

/** The standard requires byte strings; c2pa-rs up to 0.90 writes Base64 text, as in OpenAI's pictures of 2026. */
function toDer(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  const isBase64 = typeof value === 'string' && value.length <= BASE64_BYTES && /^[\w+/]+={0,2}$/.test(value);
  return isBase64 ? Buffer.from(value, 'base64') : undefined;
}
