import { translatorFor } from '../../i18n/translator.js';
import { findTruncation } from '../evidence/cut-off.js';
import { findTimedOutReads } from '../evidence/late-reads.js';
import { createReportMask } from '../masking/masking.js';
import type { TextMask } from '../masking/personal-text.js';
import { computeCoverage, findCommonFault } from '../report/coverage.js';
import type { EvidenceField, EvidenceView, LabelBytes } from '../report/evidence-sheet.js';
import { localizeSentences } from '../report/message-lookup.js';
import type { ContentCredentials, Report } from '../report/report.js';
import { MASKED } from '../signals/mask-words.js';
import { summarise } from '../summary/summary.js';

/**
 * Masks stored Reports from before revealed and masked Reports were stored separately: only the revealed one exists.
 * The file is gone, so it is masked by what is still marked in it, and texts for which that may not suffice are left
 * out whole. Callers who requested the revealed Report still get it unchanged.
 */

/** Returns the masked form of a revealed Report; any other Report is returned unchanged. */
export function maskLegacyReport(report: Report): Report {
  const { revealed, ...tool } = report.tool;
  if (revealed === undefined || revealed.length === 0) return report;
  const mask = createMask(report);
  const { asset, reads, findings, whyMissing, notChecked, parts } = report;
  const { name, sha256, ...facts } = asset;
  const signals = mask.signals(report.signals);
  const contentCredentials = mask.credentials(removeTitles(report.contentCredentials));
  const declared = report.summary.declared && mask.declared(report.summary.declared);
  const masked = {
    asset: { ...mapTexts(facts, mask.text), name, sha256 },
    reads: mapTexts(reads, mask.text),
  };
  const summarised = summarise({
    asset: { bytes: asset.bytes, mediaType: { format: asset.format, kind: asset.kind } },
    credentials: contentCredentials,
    ...(declared ? { declared } : {}),
    signals,
    coverage: computeCoverage(masked.reads, contentCredentials),
    ...(asset.claimedDates === undefined ? {} : { dates: asset.claimedDates }),
    ...findCommonFault(masked.reads),
    ...findTimedOutReads(masked.reads),
    ...findTruncation(masked.reads),
  });
  return {
    ...report,
    ...masked,
    summary: {
      ...report.summary,
      ...(declared ? { declared } : {}),
      sentence: localizeSentences(summarised.summary.messages?.sentence ?? [], translatorFor('en')),
      coverage: mapTexts(report.summary.coverage, mask.text),
    },
    contentCredentials,
    signals,
    contradictions: summarised.contradictions.map(({ between, messages: { statement } = {} }) => ({
      between,
      statement: statement === undefined ? '' : localizeSentences(statement, translatorFor('en')),
    })),
    findings: findings.map((one) => ({
      ...one,
      ...(one.statement === undefined ? {} : { statement: mask.text(one.statement) }),
    })),
    ...(whyMissing === undefined ? {} : { whyMissing: mapTexts(whyMissing, mask.text) }),
    notChecked: mapTexts(notChecked, mask.text),
    ...(parts === undefined ? {} : { parts: mapTexts(parts, mask.text) }),
    tool,
  };
}

/** Removes all values from the evidence view, because it does not record which of them were personal. */
export function maskLegacyEvidence(sheet: EvidenceView, report: Report): EvidenceView {
  const { revealed, ...same } = sheet;
  if (revealed === undefined || revealed.length === 0) return sheet;
  const { text } = createMask(report);
  const withheld = [...revealed];
  const ofField = ({ value, ...field }: EvidenceField): EvidenceField => ({
    ...field,
    name: text(field.name),
    locator: text(field.locator),
    ...(value === undefined ? {} : { characters: field.characters ?? value.length, withheld }),
  });
  const ofLabel = ({ hex, masked: _, ...label }: LabelBytes): LabelBytes => ({
    ...label,
    locator: text(label.locator),
    ...(hex === undefined ? {} : { why: 'withheld' }),
  });
  return {
    ...same,
    carriers: sheet.carriers.map((one) => ({ ...one, fields: one.fields.map(ofField) })),
    labels: sheet.labels.map(ofLabel),
  };
}

function createMask({ signals, contentCredentials: { signer, manifests = [] } }: Report) {
  const serials = [signer?.serial, signer?.certificates?.[0]?.serial, signer?.certificates?.[0]?.sha256];
  return createReportMask(signals, {
    literals: { location: [], serial: serials.filter((one) => one !== undefined), names: [] },
    publicNames: [
      ...[signer?.name, signer?.commonName],
      ...manifests.flatMap((one) => [
        one.claimGenerator,
        one.signer,
        ...one.actions.map(({ softwareAgent }) => softwareAgent),
      ]),
    ].filter((one) => one !== undefined),
  });
}

/** Names of persons in fields of a manifest store were never in the Report, but may stand in these texts. */
function removeTitles(found: ContentCredentials): ContentCredentials {
  const { manifests } = found;
  if (manifests === undefined) return found;
  const placeholder = MASKED.names;
  return {
    ...found,
    manifests: manifests.map((one) => ({
      ...one,
      ...(one.title === undefined ? {} : { title: placeholder }),
      actions: one.actions.map((action) => ({
        ...action,
        ...(action.description === undefined ? {} : { description: placeholder }),
      })),
      ingredients: one.ingredients.map((each) => ({
        ...each,
        ...(each.title === undefined ? {} : { title: placeholder }),
      })),
    })),
  };
}

/** Applies the mask to every text in a part of a Report. Recursion depth is bounded by the Report's schema. */
function mapTexts<T>(value: T, text: TextMask): T {
  const of = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (Array.isArray(one)) return one.map(of);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, each]) => [name, of(each)]));
  };
  return of(value) as T;
}
