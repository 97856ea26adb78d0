import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gb45438ImplicitLabel } from '../../../src/core/detectors/gb45438-implicit-label.js';
import { parseImplicitLabel } from '../../../src/core/detectors/gb45438-label.js';
import type { Carriers } from '../../../src/core/evidence/evidence.js';
import { evidence, facts } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

type Found = { [C in keyof Carriers]?: Carriers[C] };

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

const all = (...values: string[]) =>
  gb45438ImplicitLabel.detect(evidence({ pngText: values.map((v, i) => text(v, 'AIGC', 33 + i)) }), facts());

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
      'gb45438.propagation.sameAsProduction',
      'gb45438.provider.code',
      'gb45438.provider.listed',
    ]);
  });

  it.each([
    ['the bare object', JSON.stringify(FULL), 'gb45438.form.bare'],
    ['a nested JSON string', JSON.stringify({ AIGC: JSON.stringify(FULL) }), 'gb45438.form.wrapped'],
    ['a string of JSON around the object', JSON.stringify(WRAPPED), 'gb45438.form.wrapped'],
    ['quotes that kept their backslashes', WRAPPED.replaceAll('"', '\\"'), 'gb45438.form.wrapped'],
    ['escaped quotes', WRAPPED.replaceAll('"', '&quot;'), 'gb45438.form.wrapped'],
    ['twice-escaped quotes', WRAPPED.replaceAll('"', '&amp;quot;'), 'gb45438.form.wrapped'],
    ['single quotes', WRAPPED.replaceAll('"', "'"), 'gb45438.form.wrapped'],
    [
      'what Python prints',
      `{'AIGC': {'Label': '1', 'ContentProducer': "L'atelier", 'ReservedCode1': None}}`,
      'gb45438.label.generated',
    ],
    ['a byte order mark and a closing zero', `\uFEFF${WRAPPED}\0`, 'gb45438.form.wrapped'],
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
    [
      'a Label that is a number, said apart',
      JSON.stringify({ AIGC: { ...FULL, Label: 1 } }),
      'gb45438.value.labelNotString',
    ],
    [
      'a field that stands twice',
      WRAPPED.replace('{"Label"', '{"Label":"3","Label"'),
      'gb45438.keys.duplicate',
    ],
    [
      'a propagator of its own',
      JSON.stringify({ AIGC: { ...FULL, ContentPropagator: 'kling' } }),
      'gb45438.propagation.differs',
    ],
    ['an element left empty', JSON.stringify({ AIGC: { ...FULL, ProduceID: '' } }), 'gb45438.element.absent'],
    ['base64, which is not decoded', Buffer.from(WRAPPED).toString('base64'), 'gb45438.label.shell'],
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
    const third = { ...FULL, Label: '3', PropagateID: 'x' };
    expect(
      all(WRAPPED, JSON.stringify({ AIGC: third })).find((s) => s.id === 'gb45438.copies.disagree'),
    ).toMatchObject({ value: 'Label, PropagateID' });
    // Missing, null and empty all say nothing.
    const { ReservedCode1: _one, ...without } = FULL;
    expect(ids(WRAPPED, JSON.stringify({ AIGC: { ...without, ReservedCode2: null } }))).not.toContain(
      'gb45438.copies.disagree',
    );
  });

  it('names the clause of each value that is no string', () => {
    const values = JSON.stringify({ AIGC: { ...FULL, ReservedCode1: null, PropagateID: 7 } });
    expect(toldSignals(all(values)).find((s) => s.id === 'gb45438.value.notString')).toMatchObject({
      value: 'ReservedCode1, PropagateID',
      facts: [
        { name: 'ReservedCode1', value: 'null (Annex E f))' },
        { name: 'PropagateID', value: 'number (Annex E h))' },
      ],
    });
  });

  it('says when it did not look into every copy', () => {
    const several = toldSignals(all(...Array.from({ length: 70 }, () => WRAPPED))).find(
      (s) => s.id === 'gb45438.copies.several',
    );
    expect(several?.value).toBe('70, of which 64 were looked into');
  });

  const BARE = JSON.stringify(FULL);
  const tag = (key: string, system: string, value = BARE) => [{ key, system, value }];
  const comment = (value: string) => [{ locator: 'COM', offset: 20, text: value }];
  const segment = (value: string) => [
    { id: 'APP5', locator: 'APP5', offset: 20, bytes: value.length, text: value },
  ];
  const exif = (name: string, value: string) => [{ block: 'Exif' as const, name, value }];
  const xmp = (namespace: string, path: string, value: string, form: 'element' | 'attribute' = 'element') => [
    { locator: 'APP1', properties: [{ path, namespace, name: path.split(':')[1] ?? path, value, form }] },
  ];
  const TC260 = 'http://www.tc260.org.cn/ns/AIGC/1.0/';

  it.each<[string, Found]>([
    ['XMP, as element', { xmp: xmp(TC260, 'TC260:AIGC', BARE) }],
    ['XMP, as attribute', { xmp: xmp(TC260, 'TC260:AIGC', BARE, 'attribute') }],
    [
      'XMP, in a field for anything, with the key in the text',
      { xmp: xmp('http://purl.org/dc/elements/1.1/', 'dc:description', WRAPPED) },
    ],
    ['EXIF UserComment', { exif: exif('UserComment', WRAPPED) }],
    ['EXIF ImageDescription', { exif: exif('ImageDescription', WRAPPED) }],
    ['a JPEG segment, glued to the key', { privateChunk: segment(`JFXX\0AIGC${BARE}\0rest`) }],
    ['a comment, glued to the key', { comment: comment(`AIGC: ${BARE}`) }],
    ['a comment', { comment: comment(WRAPPED) }],
    ['ID3 TXXX', { id3: tag('TXXX:AIGC', 'ID3v2.4') }],
    ['ID3 COMM', { id3: tag('COMM', 'ID3v2.3', WRAPPED) }],
    ['an ID3 text of another name', { id3: tag('TXXX:comment', 'ID3v2.4', WRAPPED) }],
    ['APE', { apeTags: tag('AIGC', 'APEv2') }],
    ['a Vorbis comment', { vorbisComment: tag('AIGC', 'vorbis') }],
    ['RIFF', { riffInfo: tag('AIGC', 'RIFF chunk') }],
    ['mdta', { bmffMeta: tag('AIGC', 'mdta') }],
    ['iTunes freeform', { bmffMeta: tag('----:com.apple.iTunes:AIGC', 'iTunes') }],
    ['an item list without a key', { bmffMeta: tag('0x00000001', 'mdir') }],
    ['Matroska', { matroskaTags: tag('AIGC', 'matroska') }],
    ['Matroska, on a track', { matroskaTags: tag('track:AIGC', 'matroska') }],
    ['FLV', { flvMeta: tag('AIGC', 'FLV onMetaData') }],
    ['a key that only contains AIGC', { flvMeta: tag('X-AIGC-Label', 'FLV onMetaData') }],
  ])('is found in %s', (_place, found) => {
    expect(gb45438ImplicitLabel.detect(evidence(found), facts()).map((s) => s.id)).toContain(
      'gb45438.label.generated',
    );
  });

  it('remarks on a label without the key', () => {
    const keyless = gb45438ImplicitLabel.detect(evidence({ bmffMeta: tag('0x00000001', 'mdir') }), facts());
    expect(keyless.map((s) => s.id)).toContain('gb45438.key.withoutAigc');
  });

  it.each<[string, Found]>([
    ['bare fields under another PNG keyword', { pngText: [text(BARE, 'Comment')] }],
    ['bare fields in another XMP namespace', { xmp: xmp('http://example.org/', 'x:AIGC', BARE) }],
    ['bare fields under a key of another name', { id3: tag('TXXX:LABEL', 'ID3v2.4') }],
    ['one field in an item list', { bmffMeta: tag('©cmt', 'iTunes', '{"Label":"Blue Note"}') }],
    [
      'one field under a key that only contains AIGC',
      { id3: tag('TXXX:AIGC_SETTINGS', 'ID3v2.4', '{"Label":"x"}') },
    ],
    [
      'the word in a comment',
      { exif: exif('UserComment', 'AIGC'), comment: comment('an AIGC {experiment}') },
    ],
    [
      'ByteDance’s own key, which is another label',
      {
        exif: exif('UserComment', '{"aigc_info":{"aigc_label_type":1}}'),
        bmffMeta: tag('aigc_info', 'mdta', '{"aigc_label_type":0}'),
      },
    ],
  ])('is not seen in %s', (_place, found) => {
    expect(gb45438ImplicitLabel.detect(evidence(found), facts())).toEqual([]);
  });

  it('is an empty shell in a comment with the key and no field', () => {
    const found = gb45438ImplicitLabel.detect(
      evidence({ exif: exif('UserComment', '{"AIGC":{}}') }),
      facts(),
    );
    expect(found.map((s) => s.id)).toEqual(['gb45438.label.shell']);
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
    expect(parseImplicitLabel(`{"AIGC":${'['.repeat(50_000)}`)).toBe('too deep');
    expect(parseImplicitLabel(`{"AIGC":{"Label":"1","x":${'['.repeat(40)}${']'.repeat(40)}}}`)).toBe(
      'too deep',
    );
  });
});
