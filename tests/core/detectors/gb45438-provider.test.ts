import { describe, expect, it } from 'vitest';
import { gb45438ImplicitLabel } from '../../../src/core/detectors/gb45438-implicit-label.js';
import { hasValidCheckDigit, readProvider } from '../../../src/core/detectors/gb45438-provider-code.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { GB45438_PROVIDERS } from '../../../src/core/signatures/gb45438-providers.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { evidence, facts } from '../../support/literals.js';

const signals = (fields: object) =>
  gb45438ImplicitLabel
    .detect(
      evidence({ vorbisComment: [{ key: 'AIGC', system: 'vorbis', value: JSON.stringify(fields) }] }),
      facts(),
    )
    .filter((s) => s.id.startsWith('gb45438.provider.'));
const en = translatorFor('en');
/** Facts of the signal in the reader's language. */
const factsOf = (signal: Signal | undefined, speech = en) =>
  Object.fromEntries(
    (signal?.facts ?? []).map(({ name, value, messages }) => [
      name,
      messages?.value ? speech.translate(messages.value) : value,
    ]),
  );

describe('a provider code (TC260-PG-20252A)', () => {
  it.each([
    ['001191110102MACQD9K64010000', '91110102MACQD9K640', '1', '0000'],
    ['001191110108335469089C10100', '91110108335469089C', '1', '0100'],
    ['001191440300708461136T1308L', '91440300708461136T', '1', '308L'],
    ['001191440300708461136T1XGW3', '91440300708461136T', '1', 'XGW3'],
    ['001191440300MA5G49LC9K1YO01', '91440300MA5G49LC9K', '1', 'YO01'],
    ['001191310104MACE0YX63918020', '91310104MACE0YX639', '1', '8020'],
    ['001191110102MAD55U9H0F10002', '91110102MAD55U9H0F', '1', '0002'],
    ['00119144030008867405X210001', '9144030008867405X2', '1', '0001'],
    ['001191110102MACQD9K64000000', '91110102MACQD9K640', '0', '0000'],
  ])('%s', (code, uscc, service, model) => {
    expect(readProvider(code)).toEqual({ code: { code, uscc, isUsccValid: true, service, model } });
  });

  it.each([
    ['001191110102MACQD9K6401000', inEnglish('fact.code.length', { got: '26', wanted: '27' })],
    ['001191110102macqd9k64010000', inEnglish('fact.code.smallLetters')],
    ['001191110102MACQD9I64010000', inEnglish('fact.code.strangeLetter', { letter: 'I' })],
  ])('%s is none: %s', (code, malformed) => {
    const reading = readProvider(code);
    expect('malformed' in reading && en.translate(reading.malformed)).toBe(malformed);
    expect(signals({ Label: '1', ContentProducer: code }).map((s) => s.id)).toEqual([
      'gb45438.provider.codeMalformed',
    ]);
  });

  it.each([
    'doubao',
    'MiniMax',
    'Minimax Agent AI',
    '豆包',
    '91110102MACQD9K640',
    '002191110102MACQD9K64010000',
    '',
  ])('leaves %s as a name', (name) => {
    expect(readProvider(name)).toEqual({ name });
    expect(signals({ Label: '1', ContentProducer: name })).toEqual([]);
  });

  it('is told in parts, with the check digit and where it stands', () => {
    const code = '001191310104MACE0YX63918020';
    const [one, ...others] = signals({ Label: '1', ContentProducer: code, ContentPropagator: code });
    expect(others).toEqual([]);
    expect(one).toMatchObject({ id: 'gb45438.provider.code', backing: 'unsigned', value: code });
    expect(factsOf(one)).toEqual({
      field: 'ContentProducer, ContentPropagator',
      providerCode: code,
      subjectType: 'organisation (1)',
      binding: 'unified social credit code (1)',
      uscc: '91310104MACE0YX639',
      usccCheckDigit: 'matches',
      serviceType: 'generation or synthesis (1)',
      modelCode: '8020',
    });
  });

  it('with a wrong check digit is told as both', () => {
    const [code, malformed] = signals({ ContentProducer: '001191110102MACQD9K64110000' });
    expect(factsOf(code)).toMatchObject({ usccCheckDigit: 'does not match' });
    expect(malformed).toMatchObject({ id: 'gb45438.provider.codeMalformed' });
  });

  it('of another subject type is not shown: it may hold a person’s number', () => {
    const found = gb45438ImplicitLabel.detect(
      evidence({
        id3: [
          {
            key: 'TXXX:AIGC',
            system: 'ID3v2.4',
            value: '{"Label":"1","ContentProducer":"002111010519491231002X10000"}',
          },
        ],
      }),
      facts(),
    );
    expect(JSON.stringify(found)).not.toContain('19491231');
    expect(JSON.stringify(found)).toContain('0021…');
  });
});

describe('names looked up for a code', () => {
  it('are marked as looked up, with source and grade', () => {
    const listed = signals({ ContentProducer: '001191110102MACQD9K64010000' })[1];
    expect(listed).toMatchObject({ id: 'gb45438.provider.listed', grade: 'V' });
    expect(factsOf(listed)).toMatchObject({ companyLookUp: 'ByteDance (Doubao)' });
    expect(factsOf(listed)['companyLookUpSource']).toMatch(/^grade V: /);
  });

  it('say where sources disagree', () => {
    const listed = signals({ ContentProducer: '001191110000802100433B10000' })[1];
    expect(factsOf(listed)).toMatchObject({ companyLookUp: 'Baidu', companyLookUpConflict: 'Qwen' });
  });

  it('are said in Chinese, with their sources', () => {
    const chinese = translatorFor('zh-Hans');
    for (const { uscc } of GB45438_PROVIDERS) {
      const listed = signals({ ContentProducer: `0011${uscc}10000` }).at(-1);
      const { companyLookUp, companyLookUpSource } = factsOf(listed, chinese);
      expect(companyLookUp).not.toMatch(/Baidu|ByteDance|Tencent|Kuaishou|Honor/);
      expect(companyLookUpSource).toMatch(/把握等级/);
    }
  });

  it('belong to numbers with the right check digit, one row each', () => {
    const numbers = GB45438_PROVIDERS.map((row) => row.uscc);
    expect(numbers.filter((uscc) => !hasValidCheckDigit(uscc))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
    // One blog gives this number without its first two digits.
    expect(hasValidCheckDigit('330106MA2CFLDG4R')).toBe(false);
  });
});
