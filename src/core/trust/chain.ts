import type { ReadFault } from '../evidence.js';
import { hasWeakKey, SIGNATURE_ALGORITHMS } from './algorithms.js';
import { CannotTell } from './cannot-tell.js';
import type { Certificate } from './certificate.js';
import { type CertificateProfile, profileOf } from './certificate-profile.js';
import type { AnyCertificate } from './kept-certificate.js';
import { type ChainPurpose, issuerServes, leafServes } from './purposes.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * How a search for a chain ended.
 *
 * - `chained`: leaf first, anchor last; every link holds at the time asked for.
 * - `not-chained`: none leads to these anchors; the fault is that of the way that came furthest.
 * - `cannot-check`: one leads there, but something on the way is not checked or not understood here.
 */
export type ChainAnswer =
  | { status: 'chained'; path: AnyCertificate[]; anchor: Certificate }
  | ({ status: 'not-chained' | 'cannot-check' } & ReadFault);

export interface ChainQuestion {
  leaf: AnyCertificate;
  /** Certificates that came along with the leaf: candidates on the way, trusted for nothing. */
  intermediates: readonly Certificate[];
  anchors: readonly Certificate[];
  purpose: ChainPurpose;
  at: Date;
}

/**
 * RFC 5280 §6 as far as C2PA asks for it: signatures, names, validity at one time, CA and path length,
 * key usage, purpose. Names and signatures are matched by OpenSSL through Node, which knows every algorithm
 * of the lists. Revocation and name constraints are not looked at; a critical extension that is not
 * understood, name constraints among them, is `cannot-check`.
 */
export function findChain(question: ChainQuestion): ChainAnswer {
  const { leaf, purpose, at } = question;
  const profile = profileOf(leaf);
  if (!profile) return notChained('certificate.malformed', 'The certificate could not be read.');
  const unfit = leafFault(profile, purpose) ?? validityFault(profile, at, 'certificate');
  if (unfit) return unfit;
  return new Search(question).from([leaf], criticalDoubt(profile));
}

type Dead = Extract<ChainAnswer, ReadFault>;

function leafFault(profile: CertificateProfile, purpose: ChainPurpose): Dead | undefined {
  if (profile.ca)
    return notChained('certificate.issuer', 'The certificate is that of an issuer, not of a signer.');
  if (!leafServes(profile.extendedKeyUsage, purpose)) {
    return notChained('certificate.purpose', PURPOSE_WORDS[purpose]);
  }
  if (profile.keyUsage && !profile.keyUsage.digitalSignature) {
    return notChained('certificate.keyUsage', 'The certificate does not allow signatures.');
  }
  return undefined;
}

const PURPOSE_WORDS = {
  'claim-signing': 'The certificate is not meant for signing claims.',
  'time-stamping': 'The certificate is not meant for timestamps.',
} as const satisfies Record<ChainPurpose, string>;

function criticalDoubt(profile: CertificateProfile): Dead | undefined {
  const [oid] = profile.unknownCritical;
  if (oid === undefined) return undefined;
  return cannotCheck(
    'certificate.criticalExtension',
    `A critical certificate extension (${oid}) is not understood.`,
  );
}

function validityFault(
  profile: CertificateProfile,
  at: Date,
  who: 'certificate' | 'issuer',
): Dead | undefined {
  if (at >= profile.notBefore && at <= profile.notAfter) return undefined;
  return notChained(
    `${who}.validity`,
    who === 'issuer'
      ? 'An issuer’s certificate was not valid at that time.'
      : 'The certificate was not valid at that time.',
  );
}

class Search {
  readonly #question: ChainQuestion;
  #checks = 0;
  /** Of the way that came furthest; one that leads there in doubt outweighs all that do not. */
  #best: Dead = notChained('chain.noIssuer', 'No certificate of this list issued it.');
  #bestLength = 0;

  constructor(question: ChainQuestion) {
    this.#question = question;
  }

  /** `doubt` is what on the way so far could not be checked: it counts only if the way leads to an anchor. */
  from(path: readonly AnyCertificate[], doubt: Dead | undefined): ChainAnswer {
    const last = path.at(-1);
    if (!last) return this.#best;
    const anchor = path.length > 1 ? this.#question.anchors.find((one) => one.equals(last)) : undefined;
    if (anchor) return doubt ? this.#note(doubt, path) : { status: 'chained', path: [...path], anchor };
    if (path.length >= limits.chainDepth) return this.#note(TOO_LONG, path);
    // Anchors first: the shortest way to the list, whatever else came along.
    for (const issuer of [...this.#question.anchors, ...this.#question.intermediates]) {
      if (path.some((one) => one.equals(issuer)) || !last.isIssuedBy(issuer)) continue;
      if (this.#checks >= limits.chainSignatureChecks) return this.#note(TOO_MANY, path);
      this.#checks += 1;
      const link = checkLink(last, issuer, {
        purpose: this.#question.purpose,
        at: this.#question.at,
        below: path.length - 1,
      });
      if (link?.status === 'not-chained') {
        this.#note(link, path);
        continue;
      }
      const answer = this.from([...path, issuer], doubt ?? link);
      if (answer.status === 'chained') return answer;
    }
    return this.#best;
  }

  #note(fault: Dead, path: readonly AnyCertificate[]): Dead {
    const outweighs = fault.status === 'cannot-check' && this.#best.status !== 'cannot-check';
    const further = path.length > this.#bestLength && fault.status === this.#best.status;
    if (outweighs || further) {
      this.#best = fault;
      this.#bestLength = path.length;
    }
    return this.#best;
  }
}

const TOO_LONG = notChained('bound.chainDepth', `A chain longer than ${limits.chainDepth} is not followed.`);
const TOO_MANY = cannotCheck(
  'bound.chainChecks',
  `More than ${limits.chainSignatureChecks} signatures would have to be checked.`,
);

interface Link {
  purpose: ChainPurpose;
  at: Date;
  /** Issuers that already stand under this one. */
  below: number;
}

/** Why `issuer` cannot stand above `subject`, or why that could not be told. */
function checkLink(
  subject: AnyCertificate,
  issuer: Certificate,
  { purpose, at, below }: Link,
): Dead | undefined {
  const above = profileOf(issuer);
  const under = profileOf(subject);
  if (!above || !under) return notChained('issuer.malformed', 'An issuer’s certificate could not be read.');
  if (!above.ca || (above.keyUsage && !above.keyUsage.certificateSigning)) {
    return notChained('issuer.notCa', 'An issuer’s certificate does not allow issuing.');
  }
  if (above.pathLength !== undefined && below > above.pathLength) {
    return notChained('issuer.pathLength', 'There are more issuers in the chain than one of them allows.');
  }
  if (!issuerServes(above.extendedKeyUsage, purpose)) {
    return notChained('issuer.purpose', 'An issuer’s certificate is limited to other purposes.');
  }
  return validityFault(above, at, 'issuer') ?? checkSignature(subject, under, issuer) ?? criticalDoubt(above);
}

function checkSignature(
  subject: AnyCertificate,
  profile: CertificateProfile,
  issuer: Certificate,
): Dead | undefined {
  if (!Object.hasOwn(SIGNATURE_ALGORITHMS, profile.signatureAlgorithm)) {
    return cannotCheck(
      'chain.algorithm',
      `Certificates signed with algorithm ${profile.signatureAlgorithm} are not checked.`,
    );
  }
  try {
    if (hasWeakKey(issuer))
      return notChained('chain.weakKey', 'An issuer’s key is too short to prove anything.');
    return subject.isSignedBy(issuer)
      ? undefined
      : notChained('chain.signature', 'An issuer’s signature does not hold.');
  } catch (error) {
    if (error instanceof CannotTell) throw error;
    return cannotCheck('chain.key', 'An issuer’s key is of a kind that is not checked.');
  }
}

function notChained(code: string, reason: string): Dead {
  return { status: 'not-chained', code, reason };
}

function cannotCheck(code: string, reason: string): Dead {
  return { status: 'cannot-check', code, reason };
}
