import { type Message, message } from '../../i18n/message.js';
import type { AssetFacts, LabelSignatureAnswer } from '../media/asset-facts.js';
import type { Location } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import type { ImplicitLabel } from './gb45438-label.js';
import { type LabelSignature, parseSecurityData } from './gb45438-security-data.js';

/** Signals for a label's SecurityData and the result of its signature checks (label-signatures.ts computes them). */
export function securitySignals(label: ImplicitLabel, location: Location, asset: AssetFacts): Signal[] {
  return parseSecurityData(label).flatMap(({ field, facts, signatures }) => [
    {
      id: 'gb45438.security.present' as const,
      backing: 'unsigned' as const,
      value: field,
      facts,
      basis: [location],
    },
    ...signatures.map((signature) => signatureSignals(signature, field, location, asset.labelSignatures)),
  ]);
}

function signatureSignals(
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
  const cannot = (reason: Message) =>
    signal('gb45438.security.notCheckable', [{ name: 'reason', messages: { value: reason } }]);
  if ('reason' in check) return cannot(check.reason);
  const answer: LabelSignatureAnswer = answers?.get(check.key) ?? NOT_CHECKED;
  if (answer.outcome === 'holds')
    return signal('gb45438.security.signatureHolds', [
      { name: 'signed', value: answer.signed },
      {
        name: 'signedForm',
        messages: { value: message(`fact.signedForm.${answer.form}`) },
      },
    ]);
  if (answer.outcome === 'cannot-check') return cannot(answer.reason);
  return check.textsAreAll
    ? signal('gb45438.security.signatureBroken')
    : cannot(message('fact.notChecked.unknownText'));
}

const NOT_CHECKED: LabelSignatureAnswer = {
  outcome: 'cannot-check',
  reason: message('fact.notChecked.notLooked'),
};
