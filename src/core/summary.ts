import type { AssetFacts } from './asset-facts.js';
import type { StoreEvidence } from './c2pa/manifest-store.js';
import { type DeclaredOrigin, declaredOrigin } from './c2pa-origin.js';
import { CAPTURED, FULLY_GENERATIVE, GENERATIVE } from './detectors/source-type-term.js';
import type { ContentCredentials, Contradiction, Origin, Report } from './report.js';
import { type Statement, sentence } from './sentence.js';
import { BACKINGS, type Backing, type Signal } from './signal.js';

/** What the file declares, strongest backing first. It says what is stated, not what is so. */

interface Claim {
  origin: Exclude<Origin, 'contradictory' | 'none'>;
  backing: Backing;
  source: 'c2pa' | 'iptc' | 'gb45438' | 'generator';
  signal?: Signal;
}

export interface Summary {
  summary: Report['summary'];
  contradictions: Contradiction[];
}

export interface SummaryInput {
  asset: AssetFacts;
  credentials: ContentCredentials;
  store?: StoreEvidence;
  signals: readonly Signal[];
  /** Carriers that could not be read though they may hold a label, in people's words. */
  unread: readonly string[];
  notRead?: string;
}

export function summarise(input: SummaryInput): Summary {
  const declared = input.store && declaredOrigin(input.store);
  const claims = [...c2paClaims(declared), ...labelClaims(input.signals)];
  const contradictions = findContradictions(input.signals);
  const strongest = [...claims].sort((a, b) => BACKINGS.indexOf(a.backing) - BACKINGS.indexOf(b.backing))[0];
  const contradictory = excludeEachOther(claims.filter((c) => c.backing !== 'inferred'));
  const origin: Origin = contradictory ? 'contradictory' : (strongest?.origin ?? 'none');
  const statement: Statement = {
    asset: input.asset,
    credentials: input.credentials,
    ...(declared ? { declared } : {}),
    signals: input.signals,
    origin,
    contradictions,
    unread: input.unread,
    ...(input.notRead === undefined ? {} : { notRead: input.notRead }),
    storeSeen: input.signals.some((s) => s.id === 'c2pa.unreadable'),
  };
  return {
    summary: {
      origin,
      ...(strongest && origin !== 'none' ? { backing: strongest.backing } : {}),
      sentence: sentence(statement),
    },
    contradictions,
  };
}

function c2paClaims(declared: DeclaredOrigin | undefined): Claim[] {
  return declared ? [{ origin: declared.origin, backing: declared.backing, source: 'c2pa' }] : [];
}

function labelClaims(signals: readonly Signal[]): Claim[] {
  return signals.flatMap((signal): Claim[] => {
    const origin = originOf(signal.id);
    return origin ? [{ ...origin, backing: signal.backing, signal }] : [];
  });
}

function originOf(id: string): Pick<Claim, 'origin' | 'source'> | undefined {
  const term = /^iptc\.digitalSourceType\.(\w+)$/.exec(id)?.[1];
  if (term !== undefined)
    return term === 'unrecognised' ? undefined : { origin: originOfTerm(term), source: 'iptc' };
  switch (id) {
    case 'gb45438.label.generated':
      return { origin: 'ai-generated', source: 'gb45438' };
    case 'gb45438.label.possible':
    case 'gb45438.label.suspected':
      return { origin: 'other', source: 'gb45438' };
    case 'generator.a1111':
    case 'generator.comfyui.sampler':
      return { origin: 'ai-generated', source: 'generator' };
    default:
      return undefined;
  }
}

function originOfTerm(term: string): Claim['origin'] {
  if (FULLY_GENERATIVE.has(term)) return 'ai-generated';
  if (GENERATIVE.has(term)) return 'ai-edited';
  return CAPTURED.has(term) ? 'captured' : 'other';
}

/** Captured and made by AI cannot both hold of one picture; captured and then edited with AI can. */
function excludeEachOther(claims: readonly Claim[]): boolean {
  return claims.some((c) => c.origin === 'captured') && claims.some((c) => c.origin === 'ai-generated');
}

const CAPTURE_IDS =
  /^(c2pa|iptc)\.digitalSourceType\.(digitalCapture|computationalCapture|compositeCapture)$|^camera\.exif$/;
const GENERATED_IDS =
  /^(c2pa|iptc)\.digitalSourceType\.(trainedAlgorithmicMedia|trainedAlgorithmicData)$|^gb45438\.label\.generated$|^generator\.(a1111|comfyui\.sampler)$/;

/**
 * A statement of capture against one of generation. Within one manifest store both may be true of different
 * ingredients, so two C2PA statements are never set against each other here.
 */
function findContradictions(signals: readonly Signal[]): Contradiction[] {
  const holding = signals.filter((s) => s.backing !== 'invalid');
  const captures = holding.filter((s) => CAPTURE_IDS.test(s.id));
  const generated = holding.filter((s) => GENERATED_IDS.test(s.id));
  const pairs: Contradiction[] = [];
  for (const capture of captures) {
    for (const generation of generated) {
      if (capture.id.startsWith('c2pa.') && generation.id.startsWith('c2pa.')) continue;
      pairs.push({
        between: [capture, generation],
        statement: `${speaker(capture)} says it was photographed or recorded; ${lower(speaker(generation))} says it was made with AI.`,
      });
    }
  }
  const disagree = signals.find((s) => s.id === 'gb45438.copies.disagree');
  const copies = signals.filter((s) => s.id === 'gb45438.label.present');
  if (disagree && copies[0] && copies[1]) {
    pairs.push({
      between: [copies[0], copies[1]],
      statement: 'Two copies of the Chinese AI label (GB 45438) in this file say different things.',
    });
  }
  const disallowed = signals.filter((s) => s.id === 'c2pa.conformance.disallowedSignal');
  const signer = signals.find((s) => s.id === 'c2pa.signer.named');
  if (signer) {
    const statement =
      'The Content Credentials claim what the signer’s product may not claim, by its record in the conforming products list.';
    pairs.push(...disallowed.map((signal): Contradiction => ({ between: [signer, signal], statement })));
  }
  return pairs.slice(0, MOST_PAIRS);
}

const MOST_PAIRS = 16;

function speaker(signal: Signal): string {
  if (signal.id.startsWith('c2pa.')) return 'A manifest in the Content Credentials';
  if (signal.id.startsWith('iptc.')) return 'The XMP label (IPTC digitalSourceType)';
  if (signal.id.startsWith('gb45438.')) return 'The Chinese AI label (GB 45438)';
  if (signal.id.startsWith('camera.')) return 'The camera data (EXIF)';
  return 'The generator’s settings';
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
