import { ACTION_TERMS, RELATIONSHIP_TERMS, REMOVABLE_ASSERTIONS } from '../../../src/core/c2pa/c2pa-terms.js';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { MEDIA_KINDS } from '../../../src/core/media/media-kinds.js';
import {
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  SIGNED_STATES,
  TRUSTS,
  VALIDITIES,
} from '../../../src/core/report/report.js';
import { SIGNAL_IDS } from '../../../src/core/report/signal.js';
import { BACKINGS } from '../../../src/core/signals/backing.js';
import { DIGITAL_SOURCE_TYPES } from '../../../src/core/signals/source-types.js';
import { NOTHING_STATED } from '../../http/shell-report.js';
import { chain, listed, marked } from './credentials-literal.js';
import { fullReport, reportOf, signed } from './report-literal.js';

const facts = { kind: 'image', signals: [], unknowable: new Set<never>(), asOf: '2026-11-25' } as const;

/** Reports that together contain every term of every vocabulary. */
export const REPORTS = [
  reportOf(),
  fullReport(),
  ...INTEGRITIES.map((integrity) =>
    reportOf({ contentCredentials: { ...listed, integrity }, signals: marked }),
  ),
  reportOf({ contentCredentials: { ...listed, manifests: everyTerm() } }),
  reportOf({ contentCredentials: chain(9) }),
  ...PRESENCES.map((presence) => reportOf({ contentCredentials: { presence } })),
  ...INTEGRITIES.map((integrity) => reportOf({ contentCredentials: { ...signed, integrity } })),
  ...TRUSTS.map((trust) => reportOf({ contentCredentials: { ...signed, signer: { name: 'N', trust } } })),
  ...VALIDITIES.flatMap((validity) =>
    (['not-checked', 'not-revoked', 'revoked'] as const).map((revocation) =>
      reportOf({
        contentCredentials: { ...signed, time: { authorityTrust: 'private', validity, revocation } },
      }),
    ),
  ),
  // Reasons why a valid signature is not backed, who reported that a file was changed, and faults of form.
  ...[...TRUSTS.map((trust) => ({ trust })), ...VALIDITIES.map((validity) => ({ validity }))].map(
    (standing) =>
      reportOf({
        contentCredentials: {
          ...signed,
          signer: { name: 'N', trust: 'trust' in standing ? standing.trust : 'interim' },
          time: {
            authorityTrust: 'private',
            validity: 'validity' in standing ? standing.validity : 'inside',
            revocation: 'not-checked',
          },
          formFaults: ['claim.malformed'],
        },
        summary: {
          origin: 'ai-edited',
          backing: 'valid',
          declared: { origin: 'ai-edited', backing: 'valid', where: 'component', editedAfterCapture: false },
          ...NOTHING_STATED,
          sentence: 'x',
          coverage: { state: 'complete', unread: [] },
        },
      }),
  ),
  ...([{ soleEngine: 'A sentence.' }, opinion(true), opinion(false)] as const).map((who) =>
    reportOf({ contentCredentials: { ...signed, integrity: 'altered', ...who } }),
  ),
  ...ORIGINS.map((origin) =>
    reportOf({
      summary: { ...NOTHING_STATED, origin, sentence: 'x', coverage: { state: 'complete', unread: [] } },
    }),
  ),
  ...SIGNED_STATES.map((signed) => {
    const part = { kind: 'motion-video', offset: 0, bytes: 1, locator: 'p', signed } as const;
    return reportOf({ parts: [part, { ...part, kind: 'mpf-image' }] });
  }),
  ...BACKINGS.map((backing) =>
    reportOf({
      signals: SIGNAL_IDS.map((id) => ({ id, backing, basis: [{ carrier: 'file', locator: 'p' }] })),
    }),
  ),
  ...['2025-08-31', '2026-11-25'].flatMap((asOf) =>
    MEDIA_KINDS.map((kind) => reportOf({ findings: evaluate(loadRulebooks(), { ...facts, kind, asOf }) })),
  ),
  reportOf({ findings: evaluate(loadRulebooks(), { ...facts, unknowable: new Set(SIGNAL_IDS) }) }),
  reportOf({
    findings: evaluate(loadRulebooks(), {
      ...facts,
      signals: SIGNAL_IDS.map((id) => ({
        id,
        backing: 'unsigned',
        basis: [{ carrier: 'file', locator: 'p' }],
      })),
    }),
  }),
];

function opinion(agrees: boolean) {
  const engine = { name: 'wasm', version: '0', sdk: 'c2pa-rs 0' } as const;
  return { secondOpinion: { engine, agrees, differences: [], integrity: 'altered' as const } };
}

/** Returns one manifest per action, all ingredients of the first, so that neither a limit nor depth cuts a term off. */
function everyTerm() {
  return ACTION_TERMS.map((action, at) => ({
    label: at === 0 ? (listed.activeManifest ?? '') : `m${at}`,
    active: at === 0,
    depth: Math.min(at, 1),
    integrity: INTEGRITIES[at % INTEGRITIES.length] ?? 'intact',
    redacted:
      at > 0 ? [] : REMOVABLE_ASSERTIONS.map((label) => `self#jumbf=/c2pa/m/c2pa.assertions/${label}`),
    actions: [
      { action, digitalSourceType: DIGITAL_SOURCE_TYPES[at % DIGITAL_SOURCE_TYPES.length] ?? 'empty' },
    ],
    ingredients:
      at > 0
        ? []
        : ACTION_TERMS.map((_action, next) => ({
            relationship: RELATIONSHIP_TERMS[next % RELATIONSHIP_TERMS.length] ?? 'parentOf',
            manifest: `m${next + 1}`,
          })),
  }));
}
