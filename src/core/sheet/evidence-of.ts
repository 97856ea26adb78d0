import type { Evidence } from '../evidence/evidence.js';
import type { TextMask } from '../mask/personal-text.js';
import type { Asset } from '../media/asset.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import type { Observation } from '../report/report.js';
import { rawFields } from './evidence-fields.js';
import { Disclosure, evidenceCarriers } from './evidence-rows.js';
import { labelBytes } from './label-bytes.js';

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
