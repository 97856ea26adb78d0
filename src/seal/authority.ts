import { elements, integer, parseAsn1, step } from '../core/trust/asn1.js';
import type { Certificate } from '../core/trust/certificate.js';
import { openSignedData } from '../core/trust/cms.js';
import { readTimestamp } from '../core/trust/timestamp.js';
import { said } from '../say/said.js';
import { SealError } from './seal-error.js';
import { timestampQuestion } from './signing.js';

/** What a time-stamping authority said of some bytes (RFC 3161). */
export interface Stamp {
  /** Its answer, as it came. */
  answer: Buffer;
  at: Date;
  authority: Certificate;
  certificates: readonly Certificate[];
}

const MOST_MILLIS = 30_000;
const MOST_BYTES = 256 * 1024;
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const GRANTED = new Set(['0', '1']);

/**
 * Asks the authority that the operator named, with nothing but a digest and a number. What comes back counts only where it is
 * about that digest and that number, and signed by a certificate that is for time stamping. Throws a SealError.
 */
export async function stampOf(content: Buffer, address: string): Promise<Stamp> {
  const { question, nonce } = timestampQuestion(content);
  const answer = await asked(address, question);
  const stamp = stampIn(answer, content);
  if (stamp === undefined || !nonce.equals(nonceIn(answer) ?? Buffer.alloc(0)))
    throw new SealError('authority', said('seal.error.authorityAnswer', { address }));
  return stamp;
}

/** The stamp that an answer holds; undefined where it is none, of other bytes, or not signed as it says. */
export function stampIn(answer: Buffer, content: Buffer): Stamp | undefined {
  const status = integer(step(parseAsn1(answer), 0, 0));
  if (status === undefined || !GRANTED.has(status)) return undefined;
  const read = readTimestamp({ header: 'sigTst2', token: answer, covered: [content] });
  if (!('timestamp' in read)) return undefined;
  const { imprint, signature, authority, certificates, genTime: at } = read.timestamp;
  if (imprint !== 'matches' || signature !== 'holds' || authority === undefined) return undefined;
  return authority.purposes.includes(TIME_STAMPING) ? { answer, at, authority, certificates } : undefined;
}

/** RFC 3161 §2.4.2: behind the time, among what may be left out. */
function nonceIn(answer: Buffer): Buffer | undefined {
  const content = openSignedData(elements(parseAsn1(answer))[1])?.content;
  const behind = elements(content && parseAsn1(content)).slice(5);
  const found = behind.find((one) => one.isUniversal(INTEGER));
  return found && Buffer.from(found.content);
}

const INTEGER = 2;

async function asked(address: string, question: Buffer): Promise<Buffer> {
  const refuse = (cause?: unknown) =>
    new SealError('authority', said('seal.error.authority', { address }), { cause });
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw refuse();
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(question),
      redirect: 'error',
      signal: AbortSignal.timeout(MOST_MILLIS),
    });
    if (!answer.ok || answer.body === null) throw refuse();
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of answer.body) {
      bytes += piece.length;
      if (bytes > MOST_BYTES) throw refuse();
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    throw error instanceof SealError ? error : refuse(error);
  }
}
