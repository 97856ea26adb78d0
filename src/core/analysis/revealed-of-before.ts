import { speechOf } from '../../say/speech.js';
import { cutOffIn } from '../evidence/cut-off.js';
import { lateReads } from '../evidence/late-reads.js';
import { masking } from '../mask/masking.js';
import type { TextMask } from '../mask/personal-text.js';
import { coverageOf, notReadAtAll } from '../report/coverage.js';
import type { EvidenceField, EvidenceSheet, LabelBytes } from '../report/evidence-sheet.js';
import type { ContentCredentials, Report } from '../report/report.js';
import { textOf } from '../report/text-in.js';
import { MASKED } from '../signals/mask-words.js';
import { summarise } from '../summary/summary.js';

/**
 * What was kept before a Report that shows personal data was kept apart from a masked one: there was the one that shows it, and
 * no other. The file is gone, so it is masked by what still stands marked in it, and where that could be too little a text is
 * left out whole. Who asked for it still gets it as it was.
 */

/** Masked, of a Report that shows something; any other comes back as it is. */
export function maskedOfBefore(report: Report): Report {
  const { revealed, ...tool } = report.tool;
  if (revealed === undefined || revealed.length === 0) return report;
  const mask = maskFor(report);
  const { asset, reads, findings, whyMissing, notChecked, parts } = report;
  const { name, sha256, ...facts } = asset;
  const signals = mask.signals(report.signals);
  const contentCredentials = mask.credentials(untitled(report.contentCredentials));
  const declared = report.summary.declared && mask.declared(report.summary.declared);
  const masked = {
    asset: { ...eachText(facts, mask.text), name, sha256 },
    reads: eachText(reads, mask.text),
  };
  const summed = summarise({
    asset: { bytes: asset.bytes, mediaType: { format: asset.format, kind: asset.kind } },
    credentials: contentCredentials,
    ...(declared ? { declared } : {}),
    signals,
    coverage: coverageOf(masked.reads, contentCredentials),
    ...(asset.claimedDates === undefined ? {} : { dates: asset.claimedDates }),
    ...notReadAtAll(masked.reads),
    ...lateReads(masked.reads),
    ...cutOffIn(masked.reads),
  });
  return {
    ...report,
    ...masked,
    summary: {
      ...report.summary,
      ...(declared ? { declared } : {}),
      sentence: textOf(summed.summary.said?.sentence ?? [], speechOf('en')),
      coverage: eachText(report.summary.coverage, mask.text),
    },
    contentCredentials,
    signals,
    contradictions: summed.contradictions.map(({ between, said: { statement } = {} }) => ({
      between,
      statement: statement === undefined ? '' : textOf(statement, speechOf('en')),
    })),
    findings: findings.map((one) => ({
      ...one,
      ...(one.statement === undefined ? {} : { statement: mask.text(one.statement) }),
    })),
    ...(whyMissing === undefined ? {} : { whyMissing: eachText(whyMissing, mask.text) }),
    notChecked: eachText(notChecked, mask.text),
    ...(parts === undefined ? {} : { parts: eachText(parts, mask.text) }),
    tool,
  };
}

/** Of what such a file said field by field no value is left: the sheet does not say which of them were personal. */
export function maskedSheetOfBefore(sheet: EvidenceSheet, report: Report): EvidenceSheet {
  const { revealed, ...same } = sheet;
  if (revealed === undefined || revealed.length === 0) return sheet;
  const { text } = maskFor(report);
  const withheld = [...revealed];
  const ofField = ({ value, ...field }: EvidenceField): EvidenceField => ({
    ...field,
    name: text(field.name),
    place: text(field.place),
    ...(value === undefined ? {} : { characters: field.characters ?? value.length, withheld }),
  });
  const ofLabel = ({ hex, masked: _, ...label }: LabelBytes): LabelBytes => ({
    ...label,
    place: text(label.place),
    ...(hex === undefined ? {} : { why: 'withheld' }),
  });
  return {
    ...same,
    carriers: sheet.carriers.map((one) => ({ ...one, fields: one.fields.map(ofField) })),
    labels: sheet.labels.map(ofLabel),
  };
}

function maskFor({ signals, contentCredentials: { signer, manifests = [] } }: Report) {
  const serials = [signer?.serial, signer?.certificates?.[0]?.serial, signer?.certificates?.[0]?.sha256];
  return masking(signals, {
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

/** Persons that a manifest store names in fields of its own were never in the Report, but may stand in these texts. */
function untitled(found: ContentCredentials): ContentCredentials {
  const { manifests } = found;
  if (manifests === undefined) return found;
  const left = MASKED.names;
  return {
    ...found,
    manifests: manifests.map((one) => ({
      ...one,
      ...(one.title === undefined ? {} : { title: left }),
      actions: one.actions.map((action) => ({
        ...action,
        ...(action.description === undefined ? {} : { description: left }),
      })),
      ingredients: one.ingredients.map((each) => ({
        ...each,
        ...(each.title === undefined ? {} : { title: left }),
      })),
    })),
  };
}

/** Every text in a part of a Report; its depth is that of our own schema. */
function eachText<T>(value: T, text: TextMask): T {
  const of = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (Array.isArray(one)) return one.map(of);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, each]) => [name, of(each)]));
  };
  return of(value) as T;
}
