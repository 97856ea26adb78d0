import { limits } from '../../base/limits.js';
import { message } from '../../i18n/message.js';
import { findLabelCopies } from '../detectors/gb45438-copies.js';
import { parseSecurityData, type SignatureCheck } from '../detectors/gb45438-security-data.js';
import type { Evidence } from '../evidence/evidence.js';
import type { AssetFacts, LabelSignatureAnswer } from '../media/asset-facts.js';

/**
 * Verifies the signatures of GB 45438 labels. This runs between reading and detecting, because detectors use no
 * libraries; the SM2 library is loaded only for a file with such a signature.
 */
export async function verifyLabelSignatures(
  evidence: Evidence,
  facts: AssetFacts,
): Promise<AssetFacts['labelSignatures']> {
  const checks = new Map<string, SignatureCheck>();
  for (const { label } of findLabelCopies(evidence, facts).copies) {
    for (const { check } of parseSecurityData(label).flatMap((data) => data.signatures)) {
      if ('key' in check) checks.set(check.key, check);
    }
  }
  if (checks.size === 0) return undefined;
  const { verifySm2 } = await import('../trust/sm2.js');
  const answers = new Map<string, LabelSignatureAnswer>();
  for (const [key, check] of checks) {
    answers.set(key, answers.size < limits.labelSignatures ? verifySm2(check) : TOO_MANY);
  }
  return answers;
}

const TOO_MANY: LabelSignatureAnswer = {
  outcome: 'cannot-check',
  reason: message('fact.notChecked.tooMany', { most: String(limits.labelSignatures) }),
};
