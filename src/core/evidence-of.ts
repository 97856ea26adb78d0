import type { Asset } from './asset.js';
import type { Evidence } from './evidence.js';
import { rawFields } from './evidence-fields.js';
import { Disclosure, evidenceCarriers } from './evidence-rows.js';
import type { EvidenceSheet } from './evidence-sheet.js';
import { labelBytes } from './label-bytes.js';
import type { TextMask } from './personal-text.js';
import type { Observation } from './report.js';

/** What a file says field by field, beside its Report and masked as that is; of labels the bytes, while the file is there. */
export async function evidenceSheet(
  asset: Asset,
  evidence: Evidence,
  { asset: { name, bytes, sha256 }, signals, tool: { revealed } }: Observation['report'],
  mask: TextMask,
): Promise<EvidenceSheet> {
  const fields = rawFields(evidence);
  const disclosure = new Disclosure(signals, mask, revealed);
  return {
    schema: 'assay.evidence/1',
    asset: { name, bytes, sha256 },
    carriers: evidenceCarriers(fields, disclosure),
    labels: await labelBytes(asset, fields, signals, disclosure),
    ...(revealed === undefined ? {} : { revealed }),
  };
}
