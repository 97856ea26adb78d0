import { describe, expect, it } from 'vitest';
import { videoAudioTraces } from '../../../src/core/detectors/video-audio-traces.js';
import type { ContainerTag } from '../../../src/core/evidence/evidence.js';
import { evidence, facts } from '../../support/literals.js';

const tag = (key: string, value: string, system = 'mdta'): ContainerTag => ({ key, value, system });
const detect = (found: Parameters<typeof evidence>[0]) => videoAudioTraces.detect(evidence(found), facts());
const ids = (found: Parameters<typeof evidence>[0]) => detect(found).map((s) => s.id);
const KLING_UUID = '91ca60614aee385486142d5f73f4ae2e';
const SONG = '01234567-89ab-4cde-8f01-23456789abcd';

describe('labels of TikTok and Douyin', () => {
  it.each([
    ['1 under its key', { bmffMeta: [tag('aigc_info', '{"aigc_label_type":1,"x":""}')] }, 'creator'],
    ['2 under its key', { bmffMeta: [tag('aigc_info', '{"aigc_label_type":2}')] }, 'platform'],
    ['a number as text', { bmffMeta: [tag('aigc_info', '{"aigc_label_type":"1"}')] }, 'creator'],
    [
      'an object written as text',
      {
        exif: [
          {
            block: 'IFD0' as const,
            name: 'ImageDescription',
            value: '{"aigc_info":"{\\"aigc_label_type\\":2}"}',
          },
        ],
      },
      'platform',
    ],
    [
      'in a comment of the user',
      {
        exif: [{ block: 'Exif' as const, name: 'UserComment', value: '{"aigc_info":{"aigc_label_type":1}}' }],
      },
      'creator',
    ],
  ])('are read: %s', (_name, found, who) => {
    expect(detect(found)).toMatchObject([
      { id: `platform.tiktok.aiLabel.${who}`, backing: 'unsigned', grade: 'O' },
    ]);
  });

  it.each([
    ['0', '{"aigc_label_type":0}'],
    ['no number', '{"aigc_label_type":null}'],
    ['another number', '{"aigc_label_type":12}'],
    ['an empty object', '{}'],
    ['no JSON', 'aigc_label_type: 1'],
    ['a deep nest', `${'{"data":'.repeat(50)}{"aigc_label_type":1}${'}'.repeat(50)}`],
  ])('are none where there is %s', (_name, value) => {
    expect(ids({ bmffMeta: [tag('aigc_info', value)] })).toEqual([]);
  });
});

describe('traces of video generators', () => {
  it('name Kling by its mark in the stream', () => {
    const sei = [{ codec: 'h264' as const, uuid: KLING_UUID, text: 'kling-ai', offset: 700 }];
    expect(detect({ sei })).toMatchObject([
      {
        id: 'generator.kling',
        grade: 'O',
        backing: 'inferred',
        basis: [{ carrier: 'sei', row: 'kling-sei' }],
      },
    ]);
    expect(ids({ sei: [{ codec: 'h264', uuid: KLING_UUID, text: 'other' }] })).toEqual([]);
  });

  it.each([
    ['its producer code', '{"Label":"1","ContentProducer":"001191110108335469089C10100"}'],
    ['its number', `{"AIGC":{"Label":"1","ProduceID":"KLingMuse_${SONG}"}}`],
    ['escaped quotes', `{&quot;ProduceID&quot;:&quot;KLingMuse_${SONG}&quot;}`],
  ])('name Kling by %s', (_name, value) => {
    expect(ids({ bmffMeta: [tag('AIGC', value)] })).toEqual(['generator.kling']);
  });

  it('do not name Kling where it only passed the content on', () => {
    const value = '{"Label":"1","ContentProducer":"x","ContentPropagator":"001191110108335469089C10100"}';
    expect(ids({ bmffMeta: [tag('AIGC', value)] })).toEqual([]);
  });

  it('name Dreamina where the export is one of generation', () => {
    const data = { product: 'dreamina', exportType: 'generation', os: 'ios' };
    const [signal] = detect({ bmffMeta: [tag('LvMetaInfo', JSON.stringify({ data }))] });
    expect(signal).toMatchObject({
      id: 'generator.dreamina',
      grade: 'O',
      facts: [
        { name: 'product', value: 'dreamina' },
        { name: 'os', value: 'ios' },
        { name: 'exportType', value: 'generation' },
      ],
    });
    const edited = { data: { product: 'dreamina', exportType: 'export' } };
    const others = { data: { product: 'vicut', exportType: 'generation' } };
    for (const value of [edited, others, { data: { title: 'dreamina' } }])
      expect(ids({ bmffMeta: [tag('LvMetaInfo', JSON.stringify(value))] })).toEqual([]);
  });

  it('name none by an encoder or handler that many use', () => {
    const bmffMeta = [tag('©too', 'Google', 'iTunes'), tag('vide', '#Mainconcept Video', 'hdlr')];
    expect(ids({ bmffMeta })).toEqual([]);
  });
});

describe('traces of Suno', () => {
  const comment = `made with suno; created=2026-05-03T10:20:30.000Z; id=${SONG}`;

  it.each([
    ['ID3 COMM', { id3: [tag('COMM', comment, 'ID3v2.3')] }],
    ['RIFF ICMT', { riffInfo: [tag('ICMT', comment, 'RIFF INFO')] }],
    ['©cmt', { bmffMeta: [tag('©cmt', comment, 'iTunes')] }],
    ['Vorbis description', { vorbisComment: [tag('DESCRIPTION', comment, 'vorbis')] }],
  ])('stand in %s', (_name, found) => {
    expect(detect(found)).toMatchObject([
      {
        id: 'generator.suno',
        grade: 'O',
        facts: [
          { name: 'created', value: '2026-05-03T10:20:30.000Z' },
          { name: 'id', value: SONG },
        ],
      },
    ]);
  });

  it('stand in the link to the song', () => {
    expect(ids({ id3: [tag('WOAS', `https://suno.com/song/${SONG}`, 'ID3v2.3')] })).toEqual([
      'generator.suno',
    ]);
  });

  it('are not words of others about it', () => {
    expect(ids({ id3: [tag('COMM', 'made with suno', 'ID3v2.3')] })).toEqual([]);
    expect(ids({ id3: [tag('COMM', `not ${comment}`, 'ID3v2.3')] })).toEqual([]);
    expect(ids({ id3: [tag('WOAS', 'https://example.com/song/1', 'ID3v2.3')] })).toEqual([]);
  });

  it('of download tools say that a tool fetched it', () => {
    expect(
      detect({
        id3: [tag('TXXX:SUNO_ID', SONG, 'ID3v2.4'), tag('TIT3', 'Suno Created: 2026-05-03', 'ID3v2.4')],
      }),
    ).toMatchObject([
      { id: 'generator.suno.download', basis: [{ row: 'suno-downloader' }, { row: 'sunosync-subtitle' }] },
    ]);
  });
});

it('ends on hostile text', () => {
  const long = `{"aigc_label_type":${'['.repeat(50_000)}`;
  expect(ids({ bmffMeta: [tag('aigc_info', long), tag('AIGC', 'ProduceID'.repeat(7_000))] })).toEqual([]);
});
