import type { JudgedStore } from '../credentials/judge-store.js';
import type { JudgedBytes } from '../credentials/judged-bytes.js';
import { keptStore } from '../credentials/kept-store.js';
import { jsonValues } from '../ground/json-text.js';
import { limits } from '../ground/limits.js';
import type { TextMask } from '../mask/personal-text.js';
import type { Observation } from '../report/report.js';
import type { Personal } from '../signals/personal.js';
import { CannotTell } from '../trust/cannot-tell.js';
import { keptSigner } from '../trust/kept-signer.js';
import { concludeAgain } from './conclude-again.js';
import { KEPT_FORMAT, type KeptTrust } from './kept-trust-shape.js';
import { judgeKept } from './rejudge-store.js';

interface Asked {
  asOf: string;
  trustDir?: string;
  reveal?: readonly Personal[];
  text: TextMask;
  product: TextMask;
}

/**
 * Undefined where something of it would have to be kept that is masked in the Report, or where what is concluded of
 * it is not to the letter what was concluded of the file.
 */
export async function keptTrust(
  observed: Observation,
  { store, signers, missed }: JudgedStore & Pick<JudgedBytes, 'signers'>,
  asked: Asked,
): Promise<string | undefined> {
  const { text, product, reveal = [] } = asked;
  const withNumbers = reveal.includes('serial');
  const kept: KeptTrust = {
    format: KEPT_FORMAT,
    store: keptStore(store, { text, product, withNumbers }),
    signers: [],
    missed,
  };
  const digests = [...(store.signers?.values() ?? [])].map(({ identity }) => identity);
  for (const { label, signature, stampedElsewhere } of signers) {
    const judgement = store.signers?.get(label);
    if (!signature || !judgement) continue;
    // In place of the certificate's digest: which of the store's signers have one and the same certificate.
    const identity = `signer ${digests.indexOf(judgement.identity)}`;
    // Which timestamp counts hangs on the lists: it would take those of other manifests too.
    const signer = stampedElsewhere ? undefined : keptSigner(signature, { identity, withNumbers });
    if (signer === undefined) return undefined;
    kept.signers.push({ label: text(label), signer });
  }
  const json = JSON.stringify(kept);
  // It crosses as a text in JSON, where each quotation mark takes two characters.
  if (Buffer.byteLength(JSON.stringify(json)) > limits.keptTrustCharacters) return undefined;
  if (jsonValues(json) > limits.answerValues) return undefined;
  return (await saysTheSame(observed, json, asked)) ? json : undefined;
}

async function saysTheSame(observed: Observation, json: string, asked: Asked): Promise<boolean> {
  try {
    const { store, lists } = await judgeKept(JSON.parse(json), asked);
    const again = concludeAgain(observed, store, { ...asked, lists });
    return isSameJson(again, observed);
  } catch (error) {
    if (error instanceof CannotTell) return false;
    throw error;
  }
}

/** As JSON says it: whatever the order of members, and one that is undefined is not there. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const members = there(one);
  if (members.length !== there(other).length) return false;
  return members.every(
    ([name, value]) => Object.hasOwn(other, name) && isSameJson(value, Reflect.get(other, name)),
  );
}

const there = (value: object) => Object.entries(value).filter(([, one]) => one !== undefined);
