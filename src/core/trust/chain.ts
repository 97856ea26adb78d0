import { type FaultParams, fault, type KnownCode, type ReadFault } from '../ground/fault.js';

import { SIGNATURE_ALGORITHMS } from './algorithms.js';
import { type AnyCertificate, isIssuedBy } from './any-certificate.js';
import { CannotTell } from './cannot-tell.js';
import type { CertificateProfile } from './certificate-profile.js';
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
  | { status: 'chained'; path: AnyCertificate[]; anchor: AnyCertificate }
  | ({ status: 'not-chained' | 'cannot-check' } & ReadFault);

export interface ChainQuestion {
  leaf: AnyCertificate;
  /** Certificates that came along with the leaf: candidates on the way, trusted for nothing. */
  intermediates: readonly AnyCertificate[];
  anchors: readonly AnyCertificate[];
  purpose: ChainPurpose;
  at: Date;
}

/**
 * RFC 5280 §6 as far as C2PA asks for it: signatures, names, validity at one time, CA and path length,
 * key usage, purpose. A certificate's signature is checked by OpenSSL through Node, which knows every algorithm
 * of the lists. Revocation and name constraints are not looked at; a critical extension that is not
 * understood, name constraints among them, is `cannot-check`.
 */
export function findChain(question: ChainQuestion): ChainAnswer {
  const { leaf, purpose, at } = question;
  const { profile } = leaf;
  if (!profile) return notChained('certificate.malformed', { whose: 'other' });
  const unfit = leafFault(profile, purpose) ?? validityFault(profile, at, 'certificate');
  if (unfit) return unfit;
  return new Search(question).from([leaf], criticalDoubt(profile));
}

type Dead = Extract<ChainAnswer, ReadFault>;

function leafFault(profile: CertificateProfile, purpose: ChainPurpose): Dead | undefined {
  if (profile.ca) return notChained('certificate.issuer');
  if (!leafServes(profile.extendedKeyUsage, purpose)) {
    return notChained('certificate.purpose', {
      purpose: purpose === 'time-stamping' ? 'timestamps' : 'other',
    });
  }
  if (profile.keyUsage && !profile.keyUsage.digitalSignature) {
    return notChained('certificate.keyUsage');
  }
  return undefined;
}

function criticalDoubt(profile: CertificateProfile): Dead | undefined {
  const [oid] = profile.unknownCritical;
  if (oid === undefined) return undefined;
  return cannotCheck('certificate.criticalExtension', { extension: oid });
}

function validityFault(
  profile: CertificateProfile,
  at: Date,
  who: 'certificate' | 'issuer',
): Dead | undefined {
  if (at >= profile.notBefore && at <= profile.notAfter) return undefined;
  return notChained(`${who}.validity`);
}

class Search {
  readonly #question: ChainQuestion;
  #checks = 0;
  /** Of the way that came furthest; one that leads there in doubt outweighs all that do not. */
  #best: Dead = notChained('chain.noIssuer');
  #bestLength = 0;

  constructor(question: ChainQuestion) {
    this.#question = question;
  }

  /** `doubt` is what on the way so far could not be checked: it counts only if the way leads to an anchor. */
  from(path: readonly AnyCertificate[], doubt: Dead | undefined): ChainAnswer {
    const last = path.at(-1);
    if (!last) return this.#best;
    const anchor =
      path.length > 1 ? this.#question.anchors.find(({ identity }) => identity === last.identity) : undefined;
    if (anchor) return doubt ? this.#note(doubt, path) : { status: 'chained', path: [...path], anchor };
    if (path.length >= limits.chainDepth) return this.#note(TOO_LONG, path);
    // Anchors first: the shortest way to the list, whatever else came along.
    for (const issuer of [...this.#question.anchors, ...this.#question.intermediates]) {
      if (path.some(({ identity }) => identity === issuer.identity) || !isIssuedBy(last, issuer)) continue;
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

const TOO_LONG = notChained('bound.chainDepth', { most: limits.chainDepth });
const TOO_MANY = cannotCheck('bound.chainChecks', { most: limits.chainSignatureChecks });

interface Link {
  purpose: ChainPurpose;
  at: Date;
  /** Issuers that already stand under this one. */
  below: number;
}

/** Why `issuer` cannot stand above `subject`, or why that could not be told. */
function checkLink(
  subject: AnyCertificate,
  issuer: AnyCertificate,
  { purpose, at, below }: Link,
): Dead | undefined {
  const above = issuer.profile;
  const under = subject.profile;
  if (!above || !under) return notChained('issuer.malformed');
  if (!above.ca || (above.keyUsage && !above.keyUsage.certificateSigning)) {
    return notChained('issuer.notCa');
  }
  if (above.pathLength !== undefined && below > above.pathLength) {
    return notChained('issuer.pathLength');
  }
  if (!issuerServes(above.extendedKeyUsage, purpose)) {
    return notChained('issuer.purpose');
  }
  return validityFault(above, at, 'issuer') ?? checkSignature(subject, under, issuer) ?? criticalDoubt(above);
}

function checkSignature(
  subject: AnyCertificate,
  profile: CertificateProfile,
  issuer: AnyCertificate,
): Dead | undefined {
  if (!Object.hasOwn(SIGNATURE_ALGORITHMS, profile.signatureAlgorithm)) {
    return cannotCheck('chain.algorithm', { algorithm: profile.signatureAlgorithm });
  }
  try {
    if (issuer.hasWeakKey) return notChained('chain.weakKey');
    return subject.isSignedBy(issuer) ? undefined : notChained('chain.signature');
  } catch (error) {
    if (error instanceof CannotTell) throw error;
    return cannotCheck('chain.key');
  }
}

function notChained<C extends KnownCode>(code: C, ...params: FaultParams<C>): Dead {
  return { status: 'not-chained', ...fault(code, ...params) };
}

function cannotCheck<C extends KnownCode>(code: C, ...params: FaultParams<C>): Dead {
  return { status: 'cannot-check', ...fault(code, ...params) };
}
