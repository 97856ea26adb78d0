import type { Evidence } from '../evidence/evidence.js';
import type { TextMask } from '../masking/personal-text.js';
import type { Asset } from '../media/asset.js';
import type { EvidenceView } from '../report/evidence-view.js';
import type { Observation } from '../report/report.js';
import { collectFields } from './fields.js';
import { readLabelBytes } from './label-bytes.js';
import { buildCarrierRows, FieldDisclosure } from './rows.js';

/** Builds the evidence view while the file is available, since it includes the bytes of labels. Masked like the Report. */
export async function buildEvidenceView(
  asset: Asset,
  evidence: Evidence,
  { asset: { name, bytes, sha256 }, signals, tool: { revealed } }: Observation['report'],
  mask: TextMask,
): Promise<EvidenceView> {
  const fields = collectFields(evidence);
  const disclosure = new FieldDisclosure(signals, mask, revealed);
  return {
    schema: 'assay.evidence/1',
    asset: { name, bytes, sha256 },
    carriers: buildCarrierRows(fields, disclosure),
    labels: await readLabelBytes(asset, fields, signals, disclosure),
    ...(revealed === undefined ? {} : { revealed }),
  };
}
