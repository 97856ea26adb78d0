import type { Said } from '../../say/said.js';
import {
  type DeclaredOrigin,
  isObserved,
  SIGNAL_ORIGINS,
  type SignalOrigins,
  yieldsToTerm,
} from '../detectors/signal-origins.js';
import type { CutOff } from '../evidence/cut-off.js';
import { OLD_FORM_CODE } from '../ground/fault.js';
import type { Carrier } from '../media/carrier.js';
import { silence } from '../report/coverage.js';
import type { ContentCredentials, Contradiction, Coverage, Declared, Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { BACKINGS, type Backing } from '../signals/backing.js';
import { findContradictions } from './contradictions.js';
import { type ClaimedDates, fourFacts } from './four-facts.js';
import { headline } from './headline.js';
import { countedInside, type SaidPart } from './inside-counts.js';
import { sentence } from './sentence.js';
import type { Decided, Facts, SaidAsset } from './sentence-facts.js';

/** What the file declares, strongest backing first. It says what is stated, not what is so. */

interface Claim {
  origin: DeclaredOrigin;
  backing: Backing;
  observed: boolean;
  /** Left out where the credentials claim it. */
  by?: Signal;
}

export interface Summary {
  summary: Report['summary'];
  contradictions: Contradiction[];
}

export interface SummaryInput {
  asset: SaidAsset;
  credentials: ContentCredentials;
  /** What the manifest store declares, followed through its ingredients. */
  declared?: Declared;
  signals: readonly Signal[];
  coverage: Coverage;
  /** The file's own first; left out where it holds no other. */
  parts?: readonly SaidPart[];
  notRead?: Said;
  /** Of `unread`: those whose time was over. */
  late?: readonly Carrier[];
  cutOff?: CutOff;
  /** Dates that the file gives itself. */
  dates?: ClaimedDates;
}

export function summarise(input: SummaryInput, origins: SignalOrigins = SIGNAL_ORIGINS): Summary {
  const { asset, credentials, declared, signals, coverage, parts = [], notRead, late, cutOff } = input;
  const claims = [...c2paClaims(declared), ...signalClaims(signals, origins)];
  const found = findContradictions({ signals, credentials, declared }, origins);
  const [strongest] = [...claims].sort(byStrength);
  const unreadable = signals.find(({ id }) => id === 'c2pa.unreadable');
  const origin = excludeEachOther(claims) ? 'contradictory' : (strongest?.origin ?? silence(coverage));
  const facts: Facts = {
    asset,
    credentials,
    ...(declared ? { declared } : {}),
    signals,
    origins,
    contradictions: found,
    coverage,
    inside: countedInside(parts),
    silent: strongest === undefined,
    ...(notRead === undefined ? {} : { notRead }),
    ...(late === undefined ? {} : { late }),
    ...(cutOff === undefined ? {} : { cutOff }),
    storeSeen: unreadable !== undefined,
    oldForm: unreadable?.value === OLD_FORM_CODE,
  };
  const decided: Decided = { origin, ...(strongest?.by === undefined ? {} : { by: strongest.by }) };
  return {
    summary: {
      origin,
      ...(strongest ? { backing: strongest.backing } : {}),
      ...(declared ? { declared } : {}),
      headline: headline(facts, decided),
      facts: fourFacts(facts, decided, input.dates),
      said: { sentence: sentence(facts, decided, input.dates) },
      coverage,
    },
    contradictions: found.map(({ between, statement }) => ({ between, said: { statement } })),
  };
}

function c2paClaims(declared: Declared | undefined): Claim[] {
  return declared ? [{ origin: declared.origin, backing: declared.backing, observed: false }] : [];
}

function signalClaims(signals: readonly Signal[], origins: SignalOrigins): Claim[] {
  return signals.flatMap((signal): Claim[] => {
    const origin = yieldsToTerm(signal, signals) ? undefined : origins.of(signal)?.origin;
    return origin ? [{ origin, backing: signal.backing, observed: isObserved(signal), by: signal }] : [];
  });
}

function byStrength(a: Claim, b: Claim): number {
  return BACKINGS.indexOf(a.backing) - BACKINGS.indexOf(b.backing) || Number(a.observed) - Number(b.observed);
}

/**
 * Captured and made by AI cannot both hold of one picture; captured and then edited with AI can. Only strong
 * statements count: a trace can be copied into any file, and what others have observed may mean something else.
 */
function excludeEachOther(claims: readonly Claim[]): boolean {
  const strong = claims.filter(({ backing, observed }) => backing !== 'inferred' && !observed);
  return strong.some((c) => c.origin === 'captured') && strong.some((c) => c.origin === 'ai-generated');
}
