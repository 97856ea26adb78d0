import { type FaultParams, fault, type KnownCode, type ReadFault } from '../../base/fault.js';

import { SIGNATURE_ALGORITHMS } from './algorithms.js';
import { type AnyCertificate, isIssuedBy } from './any-certificate.js';
import { UndeterminedError } from './cannot-tell.js';
import type { CertificateProfile } from './certificate-profile.js';
import { trustLimits as limits } from './lists/trust-limits.js';
import { type ChainPurpose, canIssuerServe, canLeafServe } from './purposes.js';

/**
 * Result of a chain search.
 *
 * - `chained`: leaf first, anchor last; every link is valid at the given time.
 * - `not-chained`: no path leads to these anchors; the fault is that of the longest path.
 * - `cannot-check`: a path exists, but something on it is not checked or not supported here.
 */
export type ChainResult =
  | { status: 'chained'; path: AnyCertificate[]; anchor: AnyCertificate }
  | ({ status: 'not-chained' | 'cannot-check' } & ReadFault);

export interface ChainQuery {
  leaf: AnyCertificate;
  /** Certificates sent with the leaf: candidates for the path, not trusted. */
  intermediates: readonly AnyCertificate[];
  anchors: readonly AnyCertificate[];
  purpose: ChainPurpose;
  at: Date;
}

/**
 * Searches a chain by RFC 5280 §6 as far as C2PA requires: signatures, names, validity at one time, CA and path length,
 * key usage, purpose. OpenSSL verifies the signatures through Node and supports every algorithm on the lists.
 * Revocation and name constraints are not evaluated; an unsupported critical extension, including name constraints,
 * gives `cannot-check`.
 */
export function findChain(query: ChainQuery): ChainResult {
  const { leaf, purpose, at } = query;
  const { profile } = leaf;
  if (!profile) return notChained('certificate.malformed', { whose: 'other' });
  const unfit = findLeafFault(profile, purpose) ?? findValidityFault(profile, at, 'certificate');
  if (unfit) return unfit;
  return new Search(query).from([leaf], findCriticalDoubt(profile));
}

type ChainFault = Extract<ChainResult, ReadFault>;

function findLeafFault(profile: CertificateProfile, purpose: ChainPurpose): ChainFault | undefined {
  if (profile.ca) return notChained('certificate.issuer');
  if (!canLeafServe(profile.extendedKeyUsage, purpose)) {
    return notChained('certificate.purpose', {
      purpose: purpose === 'time-stamping' ? 'timestamps' : 'other',
    });
  }
  if (profile.keyUsage && !profile.keyUsage.digitalSignature) {
    return notChained('certificate.keyUsage');
  }
  return undefined;
}

function findCriticalDoubt(profile: CertificateProfile): ChainFault | undefined {
  const [oid] = profile.unknownCritical;
  if (oid === undefined) return undefined;
  return cannotCheck('certificate.criticalExtension', { extension: oid });
}

function findValidityFault(
  profile: CertificateProfile,
  at: Date,
  who: 'certificate' | 'issuer',
): ChainFault | undefined {
  if (at >= profile.notBefore && at <= profile.notAfter) return undefined;
  return notChained(`${who}.validity`);
}

class Search {
  readonly #question: ChainQuery;
  #checks = 0;
  /** Failure of the longest path; a path that reaches an anchor with doubt outweighs all others. */
  #best: ChainFault = notChained('chain.noIssuer');
  #bestLength = 0;

  constructor(question: ChainQuery) {
    this.#question = question;
  }

  /** Extends the path. `doubt` is what could not be checked on it so far; it counts only if the path reaches an anchor. */
  from(path: readonly AnyCertificate[], doubt: ChainFault | undefined): ChainResult {
    const last = path.at(-1);
    if (!last) return this.#best;
    const anchor =
      path.length > 1 ? this.#question.anchors.find(({ identity }) => identity === last.identity) : undefined;
    if (anchor) return doubt ? this.#note(doubt, path) : { status: 'chained', path: [...path], anchor };
    if (path.length >= limits.chainDepth) return this.#note(TOO_LONG, path);
    // Anchors are tried first, for the shortest path to the list.
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

  #note(fault: ChainFault, path: readonly AnyCertificate[]): ChainFault {
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
  /** Number of issuers already below this one. */
  below: number;
}

/** Returns why `issuer` cannot have issued `subject`, or why that could not be determined. */
function checkLink(
  subject: AnyCertificate,
  issuer: AnyCertificate,
  { purpose, at, below }: Link,
): ChainFault | undefined {
  const above = issuer.profile;
  const under = subject.profile;
  if (!above || !under) return notChained('issuer.malformed');
  if (!above.ca || (above.keyUsage && !above.keyUsage.certificateSigning)) {
    return notChained('issuer.notCa');
  }
  if (above.pathLength !== undefined && below > above.pathLength) {
    return notChained('issuer.pathLength');
  }
  if (!canIssuerServe(above.extendedKeyUsage, purpose)) {
    return notChained('issuer.purpose');
  }
  return (
    findValidityFault(above, at, 'issuer') ??
    checkSignature(subject, under, issuer) ??
    findCriticalDoubt(above)
  );
}

function checkSignature(
  subject: AnyCertificate,
  profile: CertificateProfile,
  issuer: AnyCertificate,
): ChainFault | undefined {
  if (!Object.hasOwn(SIGNATURE_ALGORITHMS, profile.signatureAlgorithm)) {
    return cannotCheck('chain.algorithm', { algorithm: profile.signatureAlgorithm });
  }
  try {
    if (issuer.hasWeakKey) return notChained('chain.weakKey');
    return subject.isSignedBy(issuer) ? undefined : notChained('chain.signature');
  } catch (error) {
    if (error instanceof UndeterminedError) throw error;
    return cannotCheck('chain.key');
  }
}

function notChained<C extends KnownCode>(code: C, ...params: FaultParams<C>): ChainFault {
  return { status: 'not-chained', ...fault(code, ...params) };
}

function cannotCheck<C extends KnownCode>(code: C, ...params: FaultParams<C>): ChainFault {
  return { status: 'cannot-check', ...fault(code, ...params) };
}
