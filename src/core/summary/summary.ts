import { PRERELEASE_CODE } from '../../base/fault.js';
import type { Message } from '../../i18n/message.js';
import {
  type DeclaredOrigin,
  hasVocabularyTerm,
  isObserved,
  SIGNAL_ORIGINS,
  type SignalOrigins,
} from '../detectors/signal-origins.js';
import { findTruncation, type Truncation } from '../evidence/cut-off.js';
import { findTimedOutReads } from '../evidence/late-reads.js';
import type { Carrier } from '../media/carrier.js';
import { findCommonFault, originWithoutDeclaration } from '../report/coverage.js';
import type {
  ContentCredentials,
  Contradiction,
  Coverage,
  Declared,
  StoredReport,
} from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { BACKINGS, type Backing } from '../signals/backing.js';
import { buildCaption } from './caption.js';
import { findContradictions } from './contradictions.js';
import { buildFourFacts, type ClaimedDates } from './four-facts.js';
import { buildHeadline } from './headline.js';
import { countInside, type SummaryPart } from './inside-counts.js';
import type { DecidedOrigin, Facts, SummaryAsset } from './sentence/facts.js';
import { buildSentences } from './sentence/sentence.js';

/** Origin that the file declares, strongest backing first. It reports what is stated, not what is true. */

interface Claim {
  origin: DeclaredOrigin;
  backing: Backing;
  observed: boolean;
  /** Signal of the claim; absent if the credentials make it. */
  by?: Signal;
}

export interface Summary {
  summary: StoredReport['summary'];
  contradictions: Contradiction[];
}

export interface SummaryInput {
  asset: SummaryAsset;
  credentials: ContentCredentials;
  /** Declaration of the manifest store, followed through its ingredients. */
  declared?: Declared;
  signals: readonly Signal[];
  coverage: Coverage;
  /** Parts of the file, its own content first; absent if it contains no other. */
  parts?: readonly SummaryPart[];
  notRead?: Message;
  /** Carriers in `unread` that ran out of time. */
  late?: readonly Carrier[];
  cutOff?: Truncation;
  /** Dates that the file states about itself. */
  dates?: ClaimedDates;
}

interface ReadInput extends Omit<SummaryInput, 'notRead' | 'late' | 'cutOff'> {
  reads: StoredReport['reads'];
}

/** Summarises what was read of a file; how reading ended follows from `reads`. */
export const summariseReport = ({ reads, ...input }: ReadInput): Summary =>
  summarise({
    ...input,
    ...findCommonFault(reads),
    ...findTimedOutReads(reads),
    ...findTruncation(reads),
  });

export function summarise(input: SummaryInput, origins: SignalOrigins = SIGNAL_ORIGINS): Summary {
  const { asset, credentials, declared, signals, coverage, parts = [], notRead, late, cutOff } = input;
  const claims = [...c2paClaims(declared), ...signalClaims(signals, origins)];
  const found = findContradictions({ signals, credentials, declared }, origins);
  const [strongest] = [...claims].sort(byStrength);
  const unreadable = signals.find(({ id }) => id === 'c2pa.unreadable');
  const origin = excludeEachOther(claims)
    ? 'contradictory'
    : (strongest?.origin ?? originWithoutDeclaration(coverage));
  const facts: Facts = {
    asset,
    credentials,
    ...(declared ? { declared } : {}),
    signals,
    origins,
    contradictions: found,
    coverage,
    inside: countInside(parts),
    isSilent: strongest === undefined,
    ...(notRead === undefined ? {} : { notRead }),
    ...(late === undefined ? {} : { late }),
    ...(cutOff === undefined ? {} : { cutOff }),
    hasStore: unreadable !== undefined,
    isOldForm: unreadable?.value === PRERELEASE_CODE,
  };
  const decided: DecidedOrigin = { origin, ...(strongest?.by === undefined ? {} : { by: strongest.by }) };
  const headline = buildHeadline(facts, decided);
  return {
    summary: {
      origin,
      ...(strongest ? { backing: strongest.backing } : {}),
      ...(declared ? { declared } : {}),
      headline,
      facts: buildFourFacts(facts, decided, input.dates),
      messages: {
        sentence: buildSentences(facts, decided, input.dates),
        caption: buildCaption(headline, facts),
      },
      coverage,
    },
    contradictions: found.map(({ between, statement }) => ({ between, messages: { statement } })),
  };
}

function c2paClaims(declared: Declared | undefined): Claim[] {
  return declared ? [{ origin: declared.origin, backing: declared.backing, observed: false }] : [];
}

function signalClaims(signals: readonly Signal[], origins: SignalOrigins): Claim[] {
  return signals.flatMap((signal): Claim[] => {
    const origin = hasVocabularyTerm(signal, signals) ? undefined : origins.originOf(signal)?.origin;
    return origin ? [{ origin, backing: signal.backing, observed: isObserved(signal), by: signal }] : [];
  });
}

function byStrength(a: Claim, b: Claim): number {
  return BACKINGS.indexOf(a.backing) - BACKINGS.indexOf(b.backing) || Number(a.observed) - Number(b.observed);
}

/**
 * Capture and generation by AI exclude each other in one picture; capture and later editing with AI do not. Only strong
 * statements count: a trace can be copied into any file, and what third parties observed may mean something else.
 */
function excludeEachOther(claims: readonly Claim[]): boolean {
  const strong = claims.filter(({ backing, observed }) => backing !== 'inferred' && !observed);
  return strong.some((c) => c.origin === 'captured') && strong.some((c) => c.origin === 'ai-generated');
}
