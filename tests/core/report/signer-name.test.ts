import { describe, expect, it } from 'vitest';
import {
  confirmedAiStatement,
  isSignerConfirmed,
  signerNameMessage,
} from '../../../src/core/report/signer-name.js';
import { message } from '../../../src/i18n/message.js';

/** Names of signers in lists, matches and cases: without quotation marks only if the four facts confirm them. */

const facts = (who: string, changed: string, term?: string) => ({
  who: { code: who, messages: { text: { id: 'fact.who.listed', params: { term } } } },
  changed: { code: changed },
});

describe('a signer', () => {
  it.each([
    ['listed', 'no', undefined],
    ['private', 'no', undefined],
    ['listed', 'not-in-signed-part', undefined],
    ['out-of-term', 'no', 'expired'],
    ['out-of-term', 'no', 'unknown'],
    ['listed', 'yes', undefined],
  ])('is confirmed: %s, changed: %s', (who, changed, term) => {
    expect(isSignerConfirmed(facts(who, changed, term))).toBe(true);
  });

  it.each([
    ['not-bound', 'yes', undefined],
    ['not-bound', 'cannot-tell', undefined],
    ['out-of-term', 'no', 'outside'],
    ['out-of-term', 'no', 'ahead'],
    ['revoked', 'no', undefined],
    ['unlisted', 'no', undefined],
    ['not-checked', 'no', undefined],
    ['signature-broken', 'no', undefined],
  ])('is not confirmed: %s, changed: %s', (who, changed, term) => {
    expect(isSignerConfirmed(facts(who, changed, term))).toBe(false);
  });

  it('is not confirmed by facts of another shape', () => {
    for (const other of [undefined, null, 'listed', [], { who: 'listed', changed: 'no' }, { who: {} }])
      expect(isSignerConfirmed(other)).toBe(false);
  });

  it('has its name in quotation marks unless it is confirmed', () => {
    expect(signerNameMessage('Google LLC', true)).toEqual(message('text.asWritten', { text: 'Google LLC' }));
    expect(signerNameMessage('Google LLC', false)).toEqual(message('text.quoted', { text: 'Google LLC' }));
  });
});

describe('a statement that may be told of a file that looks alike', () => {
  const of = (id: string, what = 'this', backing = 'trusted') =>
    confirmedAiStatement({ headline: { id, params: { what } }, backing });

  it('is one about AI in the file itself, by a confirmed signer', () => {
    expect(of('headline.generated')).toBe('made');
    expect(of('headline.partGenerated')).toBe('part');
    expect(of('headline.edited')).toBe('edited');
  });

  it('is none of a capture, of an earlier version, of an unconfirmed signer or of no shape', () => {
    expect(of('headline.captured')).toBeUndefined();
    expect(of('headline.generated', 'earlier')).toBeUndefined();
    expect(of('headline.generated', 'this', 'valid')).toBeUndefined();
    expect(of('constructor')).toBeUndefined();
    expect(confirmedAiStatement({})).toBeUndefined();
  });
});
