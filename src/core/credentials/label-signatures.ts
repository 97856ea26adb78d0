import { said } from '../../say/said.js';
import { labelCopies } from '../detectors/gb45438-copies.js';
import { type SignatureCheck, securityData } from '../detectors/gb45438-security-data.js';
import type { Evidence } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { AssetFacts, LabelSignatureAnswer } from '../media/asset-facts.js';

/**
 * Checks the signatures that GB 45438 labels carry, between reading and detecting: detectors are free of libraries,
 * and the one for SM2 is loaded only for a file that has something to check.
 */
export async function labelSignatures(
  evidence: Evidence,
  facts: AssetFacts,
): Promise<AssetFacts['labelSignatures']> {
  const checks = new Map<string, SignatureCheck>();
  for (const { label } of labelCopies(evidence, facts).copies) {
    for (const { check } of securityData(label).flatMap((data) => data.signatures)) {
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
  reason: said('fact.notChecked.tooMany', { most: String(limits.labelSignatures) }),
};
