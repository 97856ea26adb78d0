import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/core/finding.js';
import { OUTCOMES } from '../../src/core/finding-schema.js';
import { KINDS } from '../../src/core/media-types.js';
import { renderHtml } from '../../src/core/renderers/html.js';
import { renderText } from '../../src/core/renderers/text.js';
import { COVERAGES, INTEGRITIES, ORIGINS, PRESENCES, TRUSTS, VALIDITIES } from '../../src/core/report.js';
import { loadRulebooks } from '../../src/core/rulebooks/index.js';
import { BACKINGS, SIGNAL_IDS } from '../../src/core/signal.js';
import { DIGITAL_SOURCE_TYPES } from '../../src/core/signals.js';
import { ACTIONS, RELATIONSHIPS, REMOVABLE } from '../../src/core/words/c2pa-terms.js';
import { en } from '../../src/core/words/en.js';
import { chain, listed, marked } from './credentials-literal.js';
import { fullReport, reportOf, signed } from './report-literal.js';

/** words.md, “Never”. A law is answered or not: never met, never violated. */
const NEVER =
  /\b(real|fake|genuine|authentic|verified|safe|clean|suspicious|compliant|illegal|probability|score|deepfake|met|violated|violation|lawful|unlawful)\b/i;

const facts = { kind: 'image', signals: [], unknowable: new Set<never>(), asOf: '2026-11-25' } as const;

/** Reports that between them hold every word of every vocabulary. */
const REPORTS = [
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
  ...ORIGINS.map((origin) => reportOf({ summary: { origin, sentence: 'x' } })),
  ...COVERAGES.map((signed) => {
    const part = { kind: 'motion-video', offset: 0, bytes: 1, place: 'p', signed } as const;
    return reportOf({ asset: { ...reportOf().asset, parts: [part, { ...part, kind: 'mpf-image' }] } });
  }),
  ...BACKINGS.map((backing) =>
    reportOf({
      signals: SIGNAL_IDS.map((id) => ({ id, backing, basis: [{ carrier: 'file', place: 'p' }] })),
    }),
  ),
  ...['2025-08-31', '2026-11-25'].flatMap((asOf) =>
    KINDS.map((kind) => reportOf({ findings: evaluate(loadRulebooks(), { ...facts, kind, asOf }) })),
  ),
  reportOf({ findings: evaluate(loadRulebooks(), { ...facts, unknowable: new Set(SIGNAL_IDS) }) }),
  reportOf({
    findings: evaluate(loadRulebooks(), {
      ...facts,
      signals: SIGNAL_IDS.map((id) => ({
        id,
        backing: 'unsigned',
        basis: [{ carrier: 'file', place: 'p' }],
      })),
    }),
  }),
];

/** A manifest for each action, all made into the first, so that neither bound nor depth cuts a term off. */
function everyTerm() {
  return ACTIONS.map((action, at) => ({
    label: at === 0 ? (listed.activeManifest ?? '') : `m${at}`,
    active: at === 0,
    depth: Math.min(at, 1),
    integrity: INTEGRITIES[at % INTEGRITIES.length] ?? 'intact',
    redacted: at > 0 ? [] : REMOVABLE.map((label) => `self#jumbf=/c2pa/m/c2pa.assertions/${label}`),
    actions: [
      { action, digitalSourceType: DIGITAL_SOURCE_TYPES[at % DIGITAL_SOURCE_TYPES.length] ?? 'empty' },
    ],
    ingredients:
      at > 0
        ? []
        : ACTIONS.map((_action, next) => ({
            relationship: RELATIONSHIPS[next % RELATIONSHIPS.length] ?? 'parentOf',
            manifest: `m${next + 1}`,
          })),
  }));
}

describe('words that never appear', () => {
  it('in any page', () => {
    for (const report of REPORTS) {
      expect(renderText(report, { color: false }).replace(/\n\s*/g, ' ')).not.toMatch(NEVER);
      expect(renderHtml(report)).not.toMatch(NEVER);
    }
  });

  it('in any rulebook', () => {
    for (const { rules, instrument } of loadRulebooks()) {
      expect(instrument.title).not.toMatch(NEVER);
      for (const { title, asks, notAssessable = '', statements } of rules) {
        expect([title, asks, notAssessable, ...Object.values(statements)].join(' ')).not.toMatch(NEVER);
      }
    }
  });

  it('in any general sentence of a finding', () => {
    for (const outcome of OUTCOMES) {
      expect(
        en.findings[outcome]({ from: '2025-09-01', until: '2026-01-01', asOf: '2026-11-25' }),
      ).not.toMatch(NEVER);
    }
  });
});

describe('dates, times and sizes', () => {
  it.each([
    ['2026-11-25', '25 Nov 2026'],
    ['2025-09-01', '1 Sep 2025'],
    ['soon', 'soon'],
  ])('shows the day %s as %s', (iso, shown) => expect(en.date(iso)).toBe(shown));

  it.each([
    ['2026-05-03T10:00:00Z', '3 May 2026, 10:00:00 UTC'],
    ['2026-05-03T10:00:00.123+00:00', '3 May 2026, 10:00:00 UTC'],
    ['2026-05-03T10:00:00+08:00', '3 May 2026, 10:00:00 UTC+08:00'],
    ['2026-05-03T10:00:00', '2026-05-03T10:00:00'],
  ])('shows the time %s as %s', (stamp, shown) => expect(en.time(stamp)).toBe(shown));

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_500, '1.5 kB (1,500 bytes)'],
    [10_737_418_240, '10.7 GB (10,737,418,240 bytes)'],
  ])('shows %d bytes as %s', (count, shown) => expect(en.bytes(count)).toBe(shown));
});
