import { SIGNAL_ORIGINS } from '../core/detectors/signal-origins.js';
import type { FourFacts } from '../core/report/report.js';
import type { Signal } from '../core/report/signal.js';
import { fourFacts } from '../core/summary/four-facts.js';
import { countedInside } from '../core/summary/inside-counts.js';
import { signerSaid } from '../core/summary/sentence-signer.js';
import { daySaid } from '../say/amounts.js';
import { type Said, said } from '../say/said.js';
import type { SlimRecord } from './record.js';

/** The four facts of a record; of one that was written before records had them, by its codes. */
export const factsIn = (record: SlimRecord): FourFacts => record.summary.facts ?? factsOfBefore(record);

function factsOfBefore(record: SlimRecord): FourFacts {
  const { asset, summary, contentCredentials, year } = record;
  const { presence, integrity, causes, signer: name, trust, validity, proven } = contentCredentials;
  const { state, unread } = summary.coverage;
  const isRevoked = record.signals.some(({ id }) => id === 'c2pa.signer.revoked');
  const facts = fourFacts(
    {
      asset: { bytes: asset.bytes, mediaType: { kind: asset.kind, format: asset.mediaType } },
      credentials: {
        presence,
        ...(integrity === undefined ? {} : { integrity }),
        ...(causes === undefined ? {} : { integrityCauses: causes }),
        ...(name === undefined ? {} : { signer: { name, trust: trust ?? 'not-checked' } }),
        time: {
          validity: validity ?? 'unknown',
          authorityTrust: 'not-checked',
          revocation: isRevoked ? 'revoked' : 'not-checked',
          ...(proven === undefined ? {} : { proven }),
        },
        codes: { active: [], ingredients: [], cawg: [] },
      },
      signals: signalsOf(record),
      origins: SIGNAL_ORIGINS,
      contradictions: [],
      coverage: { state, unread: unread.map((carrier) => ({ carrier })) },
      inside: { ...countedInside([]), ai: record.inside?.ai ?? 0 },
      silent: summary.backing === undefined,
      storeSeen: presence === 'present',
      oldForm: false,
    },
    { origin: summary.origin },
  );
  if (facts.when.code !== 'not-known' || year?.by !== 'claimed') return facts;
  const day = said('text.asWritten', { text: String(year.year) });
  return { ...facts, when: { code: 'claimed', said: { text: said('fact.when.claimed', { day }) } } };
}

/** What credentials declared of AI stood in the origin and its backing alone. */
function signalsOf({ signals, summary: { origin, backing } }: SlimRecord): Signal[] {
  const isOfAi = origin === 'ai-generated' || origin === 'ai-edited';
  return isOfAi && (backing === 'trusted' || backing === 'valid')
    ? [...signals, { id: 'file.aiMark.signed', backing, basis: [] }]
    : signals;
}

/**
 * What a fact says, as far as that follows from its code and what stands beside it: the day, the signer’s name. Both may be
 * whatever a line of results has; what does not follow from them, the line says.
 */
export function wordsOfFact(
  name: string,
  { code, day }: { code: string; day?: unknown },
  { signer, trust, integrity }: { [member: string]: unknown },
): { id: string; params?: Said['params'] } {
  const plain = { id: `fact.${name}.${camelled(code)}` };
  if (name === 'when' && typeof day === 'string') return { ...plain, params: { day: daySaid(day) } };
  if (name !== 'who' || !NAMING.has(code) || typeof signer !== 'string') return plain;
  const of = { signer: { name: signer, trust }, integrity } as Parameters<typeof signerSaid>[0];
  const said: Said | undefined = signerSaid(of);
  return said === undefined ? plain : { ...plain, params: { name: said } };
}

/** Codes whose words are the signer’s name and no more. */
const NAMING: ReadonlySet<string> = new Set<FourFacts['who']['code']>([
  'listed',
  'not-checked',
  'private',
  'revoked',
  'signature-broken',
  'unlisted',
]);

/** `nothing-to-compare` as `nothingToCompare`. */
function camelled(code: string): string {
  let [text, from] = ['', 0];
  for (let at = code.indexOf('-'); at >= 0; at = code.indexOf('-', at + 1)) {
    const letter = code.charAt(at + 1);
    if (letter < 'a' || letter > 'z') continue;
    text += code.slice(from, at) + letter.toUpperCase();
    from = at + 2;
  }
  return from === 0 ? code : text + code.slice(from);
}
