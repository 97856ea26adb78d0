import { type Said, said } from '../../say/said.js';
import type { AssetFacts, LabelSignatureAnswer } from '../media/asset-facts.js';
import type { Location } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import type { ImplicitLabel } from './gb45438-label.js';
import { type LabelSignature, securityData } from './gb45438-security-data.js';

/** What a label's SecurityData says, and what came of checking it (label-signatures.ts computes, this tells). */
export function securitySignals(label: ImplicitLabel, location: Location, asset: AssetFacts): Signal[] {
  return securityData(label).flatMap(({ field, facts, signatures }) => [
    {
      id: 'gb45438.security.present' as const,
      backing: 'unsigned' as const,
      value: field,
      facts,
      basis: [location],
    },
    ...signatures.map((signature) => told(signature, field, location, asset.labelSignatures)),
  ]);
}

function told(
  { check, facts }: LabelSignature,
  field: string,
  location: Location,
  answers: AssetFacts['labelSignatures'],
): Signal {
  const signal = (id: Signal['id'], more: Signal['facts'] = []): Signal => ({
    id,
    backing: 'unsigned',
    value: field,
    facts: [...facts, ...more],
    basis: [location],
  });
  const cannot = (reason: Said) =>
    signal('gb45438.security.notCheckable', [{ name: 'reason', said: { value: reason } }]);
  if ('reason' in check) return cannot(check.reason);
  const answer: LabelSignatureAnswer = answers?.get(check.key) ?? NOT_LOOKED;
  if (answer.outcome === 'holds')
    return signal('gb45438.security.signatureHolds', [
      { name: 'signed', value: answer.signed },
      {
        name: 'signedForm',
        said: { value: said(`fact.signedForm.${answer.form}`) },
      },
    ]);
  if (answer.outcome === 'cannot-check') return cannot(answer.reason);
  return check.textsAreAll
    ? signal('gb45438.security.signatureBroken')
    : cannot(said('fact.notChecked.unknownText'));
}

const NOT_LOOKED: LabelSignatureAnswer = {
  outcome: 'cannot-check',
  reason: said('fact.notChecked.notLooked'),
};
