import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gb45438ImplicitLabel } from '../../src/core/detectors/gb45438-implicit-label.js';
import { parseImplicitLabel } from '../../src/core/detectors/gb45438-label.js';
import { evidence, facts } from '../literals.js';

const FULL = {
  Label: '1',
  ContentProducer: '001191110102MACQD9K64010000',
  ProduceID: 'abc-1',
  ReservedCode1: '',
  ContentPropagator: '001191110102MACQD9K64010000',
  PropagateID: 'abc-1',
  ReservedCode2: '',
};
const WRAPPED = JSON.stringify({ AIGC: FULL });

const text = (value: string, keyword = 'AIGC', offset = 33) => ({
  chunk: 'tEXt' as const,
  keyword,
  text: value,
  offset,
  afterImageData: false,
});
const ids = (...values: string[]) =>
  gb45438ImplicitLabel
    .detect(evidence({ pngText: values.map((v, i) => text(v, 'AIGC', 33 + i)) }), facts())
    .map((s) => s.id);

describe('GB 45438 implicit label', () => {
  it('reads all five elements and the wrapped form of Annex E', () => {
    expect(ids(WRAPPED)).toEqual([
      'gb45438.label.present',
      'gb45438.label.generated',
      'gb45438.element.label',
      'gb45438.element.contentProducer',
      'gb45438.element.produceId',
      'gb45438.element.contentPropagator',
      'gb45438.element.propagateId',
      'gb45438.form.wrapped',
    ]);
  });

  it.each([
    ['the bare object', JSON.stringify(FULL), 'gb45438.form.bare'],
    ['a nested JSON string', JSON.stringify({ AIGC: JSON.stringify(FULL) }), 'gb45438.form.wrapped'],
    ['twice-escaped quotes', WRAPPED.replaceAll('"', '&quot;'), 'gb45438.form.wrapped'],
    ['Label "2"', JSON.stringify({ AIGC: { ...FULL, Label: '2' } }), 'gb45438.label.possible'],
    ['Label "3"', JSON.stringify({ AIGC: { ...FULL, Label: '3' } }), 'gb45438.label.suspected'],
    ['Label "AIGC"', JSON.stringify({ AIGC: { ...FULL, Label: 'AIGC' } }), 'gb45438.label.unrecognised'],
    ['a Label that is a number', JSON.stringify({ AIGC: { ...FULL, Label: 1 } }), 'gb45438.value.notString'],
    [
      'null in a reserved field',
      JSON.stringify({ AIGC: { ...FULL, ReservedCode1: null } }),
      'gb45438.value.notString',
    ],
    [
      'a name in Chinese',
      JSON.stringify({ AIGC: { ...FULL, ContentProducer: '豆包' } }),
      'gb45438.charset.outside',
    ],
    ['an empty object', '{"AIGC":{}}', 'gb45438.label.shell'],
    ['no JSON', 'yes', 'gb45438.label.shell'],
  ])('reads %s', (_name, value, id) => {
    expect(ids(value)).toContain(id);
  });

  it('does not count an empty or null element as there', () => {
    const found = ids(JSON.stringify({ AIGC: { ...FULL, ContentPropagator: '', PropagateID: null } }));
    expect(found).not.toContain('gb45438.element.contentPropagator');
    expect(found).not.toContain('gb45438.element.propagateId');
  });

  it('says when copies are several, and when they disagree', () => {
    expect(ids(WRAPPED, WRAPPED)).toContain('gb45438.copies.several');
    expect(ids(WRAPPED, WRAPPED)).not.toContain('gb45438.copies.disagree');
    expect(ids(WRAPPED, JSON.stringify({ AIGC: { ...FULL, Label: '3' } }))).toContain(
      'gb45438.copies.disagree',
    );
  });

  it('is found under the AIGC key of sound and video tags, and in UserComment', () => {
    const tag = (key: string, system: string) => [{ key, system, value: JSON.stringify(FULL) }];
    for (const found of [
      { id3: tag('TXXX:AIGC', 'ID3v2.4') },
      { vorbisComment: tag('AIGC', 'vorbis') },
      { riffInfo: tag('AIGC', 'RIFF chunk') },
      { bmffMeta: tag('AIGC', 'mdta') },
      { matroskaTags: tag('track:AIGC', 'matroska') },
      { exif: [{ block: 'Exif' as const, name: 'UserComment', value: WRAPPED }] },
    ]) {
      expect(gb45438ImplicitLabel.detect(evidence(found), facts()).map((s) => s.id)).toContain(
        'gb45438.label.generated',
      );
    }
  });

  it('ignores other keywords, other namespaces and other comments', () => {
    const other = evidence({
      pngText: [text(WRAPPED, 'Comment')],
      xmp: [
        {
          place: 'APP1 XMP',
          properties: [
            {
              path: 'x:AIGC',
              namespace: 'http://example.org/',
              name: 'AIGC',
              value: WRAPPED,
              form: 'element',
            },
          ],
        },
      ],
      exif: [{ block: 'Exif', name: 'UserComment', value: 'AIGC' }],
      id3: [{ key: 'TXXX:NOTAIGC', system: 'ID3v2.4', value: WRAPPED }],
    });
    expect(gb45438ImplicitLabel.detect(other, facts())).toEqual([]);
  });

  it('never throws, whatever stands under the key', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((j) => `{"AIGC":${j}}`),
        ),
        (value) => {
          parseImplicitLabel(value);
          gb45438ImplicitLabel.detect(evidence({ pngText: [text(value)] }), facts());
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not parse JSON nested past the bound', () => {
    expect(parseImplicitLabel(`{"AIGC":${'['.repeat(50_000)}`)).toBeUndefined();
    expect(
      parseImplicitLabel(`{"AIGC":{"Label":"1","x":${'['.repeat(40)}${']'.repeat(40)}}}`),
    ).toBeUndefined();
  });
});
