import { GB45438, GB45438_FORM } from './families.js';
import type { SignalRow } from './row.js';

const MORE = { ...GB45438, supersedes: 'gb45438.label.present' } as const;
const POSSIBLE = {
  ...MORE,
  states: 'other',
  decides: 'gb45438',
  contradicts: ['stated'],
  gathering: { fact: 'file.aiMark.possible', isRequired: true },
} as const satisfies SignalRow;

/** GB 45438-2025 implicit labels, in the terms of its Annex E. */
export const GB45438_SIGNALS = {
  'gb45438.label.present': { ...GB45438, label: 'gb45438', contradicts: ['copy'] },
  'gb45438.label.generated': {
    ...POSSIBLE,
    states: 'ai-generated',
    gathering: { fact: 'file.aiMark.unsigned', isRequired: true },
  },
  'gb45438.label.possible': POSSIBLE,
  'gb45438.label.suspected': POSSIBLE,
  'gb45438.label.unrecognised': MORE,
  'gb45438.label.shell': MORE,
  'gb45438.element.label': GB45438_FORM,
  'gb45438.element.contentProducer': GB45438_FORM,
  'gb45438.element.produceId': GB45438_FORM,
  'gb45438.element.contentPropagator': GB45438_FORM,
  'gb45438.element.propagateId': GB45438_FORM,
  'gb45438.element.absent': GB45438_FORM,
  'gb45438.form.wrapped': GB45438_FORM,
  'gb45438.form.bare': GB45438_FORM,
  'gb45438.value.notString': GB45438_FORM,
  'gb45438.value.labelNotString': GB45438_FORM,
  'gb45438.key.withoutAigc': GB45438_FORM,
  'gb45438.keys.duplicate': GB45438_FORM,
  'gb45438.charset.outside': GB45438_FORM,
  'gb45438.propagation.sameAsProduction': GB45438_FORM,
  'gb45438.propagation.differs': GB45438_FORM,
  'gb45438.copies.several': GB45438,
  'gb45438.copies.disagree': { ...GB45438, contradicts: ['copies'] },
  'gb45438.provider.code': GB45438_FORM,
  'gb45438.provider.codeMalformed': GB45438_FORM,
  'gb45438.provider.listed': GB45438,
  'gb45438.security.present': GB45438,
  'gb45438.security.signatureHolds': GB45438,
  'gb45438.security.signatureBroken': GB45438,
  'gb45438.security.notCheckable': GB45438,
} as const satisfies Record<string, SignalRow>;
