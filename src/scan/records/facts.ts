import { SIGNAL_ORIGINS } from '../../core/detectors/signal-origins.js';
import type { LocalizedFacts } from '../../core/report/report.js';
import type { Signal } from '../../core/report/signal.js';
import { buildFourFacts } from '../../core/summary/four-facts.js';
import { countInside } from '../../core/summary/inside-counts.js';
import { message } from '../../i18n/message.js';
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
      messages: { text: message('fact.when.claimed', { by: 'other', step: 'other', kind: 'other', day }) },
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
