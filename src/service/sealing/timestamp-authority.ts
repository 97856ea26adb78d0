import type { Certificate } from '../../core/trust/certificate.js';
import { elementAt, elements, integer, parseAsn1 } from '../../core/trust/formats/asn1.js';
import { openSignedData } from '../../core/trust/formats/cms.js';
import { readTimestamp } from '../../core/trust/timestamp.js';
import { message } from '../../i18n/message.js';
import { SealError } from './seal-error.js';
import { buildTimestampQuestion } from './signing.js';

/** Verified timestamp of a time-stamping authority over some bytes (RFC 3161). */
export interface SealTimestamp {
  /** The authority's answer, byte for byte. */
  answer: Buffer;
  at: Date;
  authority: Certificate;
  certificates: readonly Certificate[];
}

const TIMEOUT_MILLIS = 30_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const GRANTED = new Set(['0', '1']);

/**
 * Requests a timestamp from the operator's authority; sends only a digest and a nonce. Accepts the answer only if it
 * contains both and is signed by a certificate for time stamping. Throws a SealError.
 */
export async function requestTimestamp(content: Buffer, address: string): Promise<SealTimestamp> {
  const { question, nonce } = buildTimestampQuestion(content);
  const answer = await postQuestion(address, question);
  const stamp = verifyTimestamp(answer, content);
  if (stamp === undefined || !nonce.equals(findNonce(answer) ?? Buffer.alloc(0)))
    throw new SealError('authority', message('seal.error.authorityAnswer', { address }));
  return stamp;
}

/** Returns the timestamp of an answer; `undefined` if it has none, covers other bytes, or its signature is invalid. */
export function verifyTimestamp(answer: Buffer, content: Buffer): SealTimestamp | undefined {
  const status = integer(elementAt(parseAsn1(answer), 0, 0));
  if (status === undefined || !GRANTED.has(status)) return undefined;
  const read = readTimestamp({ header: 'sigTst2', token: answer, covered: [content] });
  if (!('timestamp' in read)) return undefined;
  const { imprint, signature, authority, certificates, genTime: at } = read.timestamp;
  if (imprint !== 'matches' || signature !== 'holds' || authority === undefined) return undefined;
  return authority.purposes.includes(TIME_STAMPING) ? { answer, at, authority, certificates } : undefined;
}

/** RFC 3161 §2.4.2: the nonce is among the optional members after the time. */
function findNonce(answer: Buffer): Buffer | undefined {
  const content = openSignedData(elements(parseAsn1(answer))[1])?.content;
  const behind = elements(content && parseAsn1(content)).slice(5);
  const found = behind.find((one) => one.isUniversal(INTEGER));
  return found && Buffer.from(found.content);
}

const INTEGER = 2;

async function postQuestion(address: string, question: Buffer): Promise<Buffer> {
  const refuse = (cause?: unknown) =>
    new SealError('authority', message('seal.error.authority', { address }), { cause });
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw refuse();
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(question),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
    if (!answer.ok || answer.body === null) throw refuse();
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of answer.body) {
      bytes += piece.length;
      if (bytes > MAX_ANSWER_BYTES) throw refuse();
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    throw error instanceof SealError ? error : refuse(error);
  }
}
