import { SIGNAL_ORIGINS } from '../../core/detectors/signal-origins.js';
import type { LocalizedFacts } from '../../core/report/report.js';
import type { Signal } from '../../core/report/signal.js';
import { buildFourFacts } from '../../core/summary/four-facts.js';
import { countInside } from '../../core/summary/inside-counts.js';
import { signerMessage } from '../../core/summary/sentence/signer.js';
import { dayMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { SummaryRecord } from './record.js';

/** Returns the four facts of a record; those of a legacy record without facts are derived from its codes. */
export const recordFacts = (record: SummaryRecord): LocalizedFacts =>
  record.summary.facts ?? legacyFacts(record);

function legacyFacts(record: SummaryRecord): LocalizedFacts {
  const { asset, summary, contentCredentials, year } = record;
  const { presence, integrity, causes, signer: name, trust, validity, proven } = contentCredentials;
  const { state, unread } = summary.coverage;
  const isRevoked = record.signals.some(({ id }) => id === 'c2pa.signer.revoked');
  const facts = buildFourFacts(
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
      inside: { ...countInside([]), ai: record.inside?.ai ?? 0 },
      isSilent: summary.backing === undefined,
      hasStore: presence === 'present',
      isOldForm: false,
    },
    { origin: summary.origin },
  );
  if (facts.when.code !== 'not-known' || year?.by !== 'claimed') return facts;
  const day = message('text.asWritten', { text: String(year.year) });
  return {
    ...facts,
    when: {
      code: 'claimed',
      messages: { text: message('fact.when.claimed', { by: 'other', kind: 'other', day }) },
    },
  };
}

/** A legacy record states AI declared by credentials only in its origin and backing. */
function signalsOf({ signals, summary: { origin, backing } }: SummaryRecord): Signal[] {
  const isOfAi = origin === 'ai-generated' || origin === 'ai-edited';
  return isOfAi && (backing === 'trusted' || backing === 'valid')
    ? [...signals, { id: 'file.aiMark.signed', backing, basis: [] }]
    : signals;
}

/**
 * Returns the message of a fact if it follows from its code and neighbouring values, the day or the signer's name. Both
 * may be any value of a results line. Other messages are written in the line itself.
 */
export function factMessage(
  name: string,
  { code, day }: { code: string; day?: unknown },
  { signer, trust, integrity }: { [member: string]: unknown },
): { id: string; params?: Message['params'] } {
  const plain = { id: `fact.${name}.${toCamelCase(code)}` };
  if (name === 'when' && typeof day === 'string') return { ...plain, params: { day: dayMessage(day) } };
  if (name !== 'who' || !CODES_NAMING_SIGNER.has(code) || typeof signer !== 'string') return plain;
  const of = { signer: { name: signer, trust }, integrity } as Parameters<typeof signerMessage>[0];
  const userMessage: Message | undefined = signerMessage(of);
  return userMessage === undefined ? plain : { ...plain, params: { name: userMessage } };
}

/** Codes whose text consists of the signer's name. */
const CODES_NAMING_SIGNER: ReadonlySet<string> = new Set<LocalizedFacts['who']['code']>([
  'listed',
  'not-checked',
  'private',
  'revoked',
  'signature-broken',
  'unlisted',
]);

/** Converts `nothing-to-compare` to `nothingToCompare`. */
function toCamelCase(code: string): string {
  let [text, from] = ['', 0];
  for (let at = code.indexOf('-'); at >= 0; at = code.indexOf('-', at + 1)) {
    const letter = code.charAt(at + 1);
    if (letter < 'a' || letter > 'z') continue;
    text += code.slice(from, at) + letter.toUpperCase();
    from = at + 2;
  }
  return from === 0 ? code : text + code.slice(from);
}
