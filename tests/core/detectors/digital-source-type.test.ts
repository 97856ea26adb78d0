import { describe, expect, it } from 'vitest';
import { digitalSourceType } from '../../../src/core/detectors/digital-source-type.js';
import { SIGNAL_ORIGINS } from '../../../src/core/detectors/signal-origins.js';
import { parseDigitalSourceType } from '../../../src/core/detectors/source-type-term.js';
import { localizeSentences } from '../../../src/core/report/message-lookup.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import { labelStatements } from '../../../src/core/summary/sentence/labels.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { action, CTAM, evidence, facts, manifest, store, TAM } from '../../support/literals.js';

const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype';

describe('a digitalSourceType value', () => {
  it.each([
    [TAM, 'trainedAlgorithmicMedia'],
    [TAM.replace('http:', 'https:'), 'trainedAlgorithmicMedia'],
    [`${TAM}/`, 'trainedAlgorithmicMedia'],
    [CTAM, 'compositeWithTrainedAlgorithmicMedia'],
    ['trainedAlgorithmicMedia', 'trainedAlgorithmicMedia'],
    ['digsrctype:digitalCapture', 'digitalCapture'],
    ['https://schema.org/TrainedAlgorithmicMediaDigitalSource', 'trainedAlgorithmicMedia'],
    ['https://schema.org/MultiFrameComputationalCaptureDigitalSource', 'computationalCapture'],
    ['http://c2pa.org/digitalsourcetype/empty', 'empty'],
    ['c2pa.trainedAlgorithmicData', 'trainedAlgorithmicData'],
    // Present and former IPTC names of the terms, as programs write them in place of the term.
    ['CompositeIncludingSyntheticElements', 'compositeSynthetic'],
    ['Composite including synthetic elements', 'compositeSynthetic'],
    [`${TERMS}/CompositeIncludingSyntheticElements`, 'compositeSynthetic'],
    ['PureAlgorithmicMedia', 'algorithmicMedia'],
    ['compositeOfCapturedElements', 'compositeCapture'],
    ['Trained algorithmic media', 'trainedAlgorithmicMedia'],
    ['Created using Generative AI', 'trainedAlgorithmicMedia'],
    ['Composite with trained algorithmic media', 'compositeWithTrainedAlgorithmicMedia'],
    ['Original media with minor human edits', 'minorHumanEdits'],
    ['Data-driven media', 'dataDrivenMedia'],
    ['softwareImage', 'softwareImage'],
    ['Created by software', 'softwareImage'],
    // A name inside a longer text does not count.
    ['Not created using Generative AI', 'unrecognised'],
    ['Created using Generative AI, in part', 'unrecognised'],
    [`Composite  including${' '.repeat(9)}synthetic elements`, 'unrecognised'],
    [`${'a'.repeat(9_999)} media`, 'unrecognised'],
    ['http://cv.iptc.org/newscodes/digitalsourcetype/brandNewTerm', 'unrecognised'],
    ['http://evil.example/newscodes/digitalsourcetype/trainedAlgorithmicMedia', 'unrecognised'],
    [`${TAM}X`, 'unrecognised'],
    [`x ${TAM}`, 'unrecognised'],
    ['__proto__', 'unrecognised'],
    ['', 'unrecognised'],
  ])('%s → %s', (value, term) => {
    expect(parseDigitalSourceType(value)).toBe(term);
  });
});

const xmp = (value: string, namespace = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/') => [
  {
    locator: 'APP1 XMP',
    offset: 40,
    properties: [
      {
        path: 'Iptc4xmpExt:DigitalSourceType',
        namespace,
        name: 'DigitalSourceType',
        value,
        form: 'element' as const,
      },
    ],
  },
];

describe('digitalSourceType signals', () => {
  it('come from C2PA actions with the JUMBF place, and from XMP with path and offset', () => {
    const c2pa = store({ manifests: [manifest('m1', { actions: [action('c2pa.created', TAM)] })] });
    expect(digitalSourceType.detect(evidence({ c2pa, xmp: xmp(CTAM) }), facts())).toEqual([
      {
        id: 'c2pa.digitalSourceType.trainedAlgorithmicMedia',
        backing: 'valid',
        value: TAM,
        basis: [
          { carrier: 'c2pa', locator: 'self#jumbf=/c2pa/m1/c2pa.assertions/c2pa.actions.v2#actions[0]' },
        ],
      },
      {
        id: 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia',
        backing: 'unsigned',
        value: CTAM,
        basis: [{ carrier: 'xmp', locator: 'APP1 XMP: Iptc4xmpExt:DigitalSourceType', offset: 40 }],
      },
    ]);
  });

  it('are not read from a property of that name in another namespace', () => {
    expect(digitalSourceType.detect(evidence({ xmp: xmp(TAM, 'http://example.org/') }), facts())).toEqual([]);
  });

  it('show an unknown term as written', () => {
    const [signal] = digitalSourceType.detect(evidence({ xmp: xmp('something else') }), facts());
    expect(signal).toMatchObject({ id: 'iptc.digitalSourceType.unrecognised', value: 'something else' });
  });
});

describe('the sentence of a label', () => {
  const said = (term: string, value: string) => {
    const id = `iptc.digitalSourceType.${term}` as SignalId;
    const signals: Signal[] = [
      { id, backing: 'unsigned', value, basis: [{ carrier: 'xmp', locator: 'APP1' }] },
    ];
    const [label] = labelStatements({
      signals,
      origins: SIGNAL_ORIGINS,
      credentials: { presence: 'absent' },
    });
    return LANGUAGES.map((language) => localizeSentences(label?.messages ?? [], translatorFor(language)));
  };

  it('says the term in words, by whichever name it is written', () => {
    expect(said('compositeSynthetic', 'CompositeIncludingSyntheticElements')).toEqual([
      inEnglish('sentence.label.term', {
        how: 'other',
        is: message('sentence.says', { term: 'compositeSynthetic' }),
      }),
      inChinese('sentence.label.term', {
        how: 'other',
        is: message('sentence.says', { term: 'compositeSynthetic' }),
      }),
    ]);
  });

  it.each([
    TAM,
    `${TAM}/`,
    'trainedAlgorithmicMedia',
    'https://schema.org/TrainedAlgorithmicMediaDigitalSource',
  ])('says no name of the vocabulary for %s', (value) => {
    expect(said('trainedAlgorithmicMedia', value)[0]).toBe(
      inEnglish('sentence.label.term', {
        how: 'other',
        is: message('sentence.says', { term: 'trainedAlgorithmicMedia' }),
      }),
    );
  });

  it('quotes what is no term', () => {
    expect(said('unrecognised', 'unrecognised')[0]).toContain(
      'holds “unrecognised”, a value outside the standard',
    );
  });
});
