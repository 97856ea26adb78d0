import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Carriers, ContainerTag } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import { READERS } from '../../../src/core/readers/index.js';

/** Carriers of video and sound: each value in its fixture, verbatim, with its position. */

const LABELS = resolve(import.meta.dirname, '../../../fixtures/labels');

type TagCarrier = {
  [C in keyof Carriers]: Carriers[C] extends ContainerTag[] ? C : never;
}[keyof Carriers];

async function read<C extends keyof Carriers>(carrier: C, file: string) {
  const asset = await Asset.open(join(LABELS, file));
  try {
    const answer = await READERS[carrier].read(asset, { engine: 'wasm' });
    const placed = async (offset: number, length: number) => asset.read(offset, length);
    if (answer.status !== 'found') throw new Error(`${file}: ${answer.status}`);
    return { value: answer.value, bytes: await placed(0, asset.bytes) };
  } finally {
    await asset.close();
  }
}

const IN: readonly (readonly [TagCarrier, string, system: string, key: string])[] = [
  ['bmffMeta', 'm4a-freeform-gb45438.m4a', 'iTunes', '----:com.apple.iTunes:AIGC'],
  ['bmffMeta', 'mov-bare-meta-gb45438.mov', 'mdta', 'AIGC'],
  ['bmffMeta', 'mov-keyless-gb45438.mov', 'iTunes', '0x00000000'],
  ['bmffMeta', 'mp4-long-sizes-gb45438.mp4', 'mdta', 'AIGC'],
  ['bmffMeta', 'mp4-gb45438.mp4', 'mdta', 'AIGC'],
  ['matroskaTags', 'mkv-gb45438.mkv', 'matroska', 'AIGC'],
  ['matroskaTags', 'mkv-nested-gb45438.mkv', 'matroska ALBUM', 'PRODUCER:AIGC'],
  ['matroskaTags', 'webm-live-gb45438.webm', 'matroska', 'AIGC'],
  ['riffInfo', 'wav-gb45438.wav', 'RIFF chunk', 'AIGC'],
  ['riffInfo', 'wav-rf64-gb45438.wav', 'RIFF chunk', 'AIGC'],
  ['riffInfo', 'avi-gb45438.avi', 'RIFF INFO', 'AIGC'],
  ['riffInfo', 'avi-header-info-gb45438.avi', 'RIFF INFO', 'AIGC'],
  ['id3', 'mp3-gb45438.mp3', 'ID3v2.4', 'TXXX:AIGC'],
  ['id3', 'mp3-id3v22-gb45438.mp3', 'ID3v2.2', 'TXXX:AIGC'],
  ['id3', 'wav-id3-gb45438.wav', 'ID3v2.4', 'TXXX:AIGC'],
  ['id3', 'aiff-id3-gb45438.aiff', 'ID3v2.4', 'TXXX:AIGC'],
  ['id3', 'aac-id3-gb45438.aac', 'ID3v2.4', 'TXXX:AIGC'],
  ['id3', 'flac-id3-gb45438.flac', 'ID3v2.3', 'TXXX:AIGC'],
  ['apeTags', 'mp3-ape-gb45438.mp3', 'APEv2', 'AIGC'],
  ['flvMeta', 'flv-gb45438.flv', 'FLV onMetaData', 'AIGC'],
  ['flvMeta', 'flv-nested-gb45438.flv', 'FLV onMetaData', 'custom:AIGC'],
  ['vorbisComment', 'flac-gb45438.flac', 'vorbis', 'AIGC'],
  ['vorbisComment', 'ogg-gb45438.ogg', 'vorbis', 'AIGC'],
  ['vorbisComment', 'opus-gb45438.opus', 'vorbis (opus)', 'AIGC'],
];

describe('a label is read verbatim, with its place', () => {
  it.each(IN)('%s of %s', async (carrier, file, system, key) => {
    const { value, bytes } = await read(carrier, file);
    const tag = value.find((t) => t.key === key && t.value.startsWith('{"Label"'));
    expect(tag).toMatchObject({ system });
    expect(JSON.parse(tag?.value ?? '')).toMatchObject({ Label: '1', ProduceID: 'assay-fixture-0001' });
    // The label begins at the given offset, or shortly after the header of its container.
    const near = bytes.subarray(tag?.offset, (tag?.offset ?? 0) + 32).toString('latin1');
    expect(near).toContain('{"Label"');
  });

  it('nowhere twice', async () => {
    for (const [carrier, file, , key] of IN) {
      const { value } = await read(carrier, file);
      expect(value.filter((t) => t.key === key && t.value.startsWith('{"Label"'))).toHaveLength(1);
    }
  });
});

const pairs = (tags: ContainerTag[]) => tags.map((t) => [t.system, t.key, t.value]);

describe('what else stands there', () => {
  it('user data, its track’s too, and the movie’s times', async () => {
    const { value } = await read('bmffMeta', 'mov-user-data.mov');
    expect(pairs(value)).toEqual(
      expect.arrayContaining([
        ['mvhd', 'creation_time', '2026-05-03T10:20:30Z'],
        ['hdlr', 'vide', 'VideoHandler'],
        ['stsd of track 1', 'avc1', 'Lavc libx264'],
        ['udta of track 1', 'name', 'a track’s name'],
        ['mdta of track 1', 'note', 'of the track'],
        ['udta', '©cmt', 'international text'],
        ['udta', 'titl', 'a 3GPP title'],
        ['udta', 'Xtra:WM/ToolName', 'Assay fixture'],
        ['udta', 'LvMe', '{"data":{"product":"assay-fixture"}}'],
        ['udta', 'priv', '00010203'],
      ]),
    );
  });

  it('a maker and a model behind the bytes that Canon and Samsung put before them', async () => {
    const { value } = await read('bmffMeta', 'mov-camera-user-data.mov');
    expect(pairs(value)).toEqual(
      expect.arrayContaining([
        ['udta', 'manu', 'Assay Optics'],
        ['udta', 'smta:mdln', 'AO-M1'],
      ]),
    );
  });

  it('brands, and the name that a muxer gives its handler', async () => {
    const { value } = await read('bmffMeta', 'mp4-handler-name.mp4');
    expect(pairs(value)).toContainEqual(['ftyp', 'compatible_brands', 'isom iso2 avc1 mp41']);
    const name = 'ISO Media file produced by Google Inc. Created on: 05/03/2026.';
    expect(pairs(value)).toContainEqual(['hdlr', 'vide', name]);
  });

  it('Matroska’s programs, date, attachment and languages', async () => {
    const { value } = await read('matroskaTags', 'mkv-nested-gb45438.mkv');
    expect(pairs(value)).toEqual(
      expect.arrayContaining([
        ['matroska info', 'WritingApp', 'Assay fixture builder'],
        ['matroska info', 'DateUTC', '2026-05-03T10:20:30.000Z'],
        ['matroska attachment', 'workflow.json', 'application/json'],
        ['matroska ALBUM (ger)', 'TITLE', 'Ein Titel'],
      ]),
    );
  });

  it('ID3 frames of every kind, none torn at a slash', async () => {
    const { value } = await read('id3', 'mp3-id3v23-frames.mp3');
    expect(value.map((t) => [t.key, t.value])).toEqual([
      ['TXXX:json', '{"path":"a/b/c"}'],
      ['COMM:remark', 'a comment — with a dash'],
      ['WOAS', 'https://example.org/source'],
      ['WXXX:page', 'https://example.org/page'],
      ['TSSE', 'Assay fixture'],
      ['TENC', 'Nobody'],
      ['USLT:words', 'la la'],
      ['GEOB:settings', 'application/json, 50 bytes'],
      ['PRIV:org.example', '00010203'],
      ['TIT2', 'a compressed title'],
    ]);
  });

  it('ID3v1 beside APE, and several values of one APE item', async () => {
    const ape = await read('apeTags', 'mp3-ape-gb45438.mp3');
    expect(ape.value.filter((t) => t.key === 'Artist').map((t) => t.value)).toEqual([
      'Nobody',
      'Nobody else',
    ]);
    const id3 = await read('id3', 'mp3-ape-gb45438.mp3');
    expect(pairs(id3.value)).toContainEqual(['ID3v1', 'title', 'Assay fixture']);
  });

  it('broadcast wave, both chunks', async () => {
    const { value } = await read('broadcastWave', 'wav-bext-ixml.wav');
    expect(pairs(value)).toEqual([
      ['bext', 'Description', 'a broadcast wave'],
      ['bext', 'Originator', 'Assay fixture'],
      ['bext', 'OriginatorReference', 'REF-0001'],
      ['bext', 'OriginationDate', '2026-05-03'],
      ['bext', 'OriginationTime', '10:20:30'],
      ['bext', 'CodingHistory', 'A=PCM,F=8000'],
      ['iXML', 'IXML_VERSION', '1.5'],
      ['iXML', 'PROJECT', 'Assay & fixture'],
      ['iXML', 'SPEED/NOTE', 'none'],
    ]);
  });

  it('Vorbis names as written, and the library that wrote them', async () => {
    const { value } = await read('vorbisComment', 'flac-vorbis-tags.flac');
    expect(value.map((t) => t.key)).toEqual(['vendor', 'title', 'artist', 'DESCRIPTION', 'ASSAY_NOTE']);
  });

  it.each(['mp4-sei.mp4', 'mp4-sei-fragmented.mp4', 'mkv-sei.mkv', 'flv-sei.flv', 'avi-sei.avi'])(
    'messages in the video of %s',
    async (file) => {
      const { value, bytes } = await read('sei', file);
      expect(value.map(({ codec, uuid, text }) => [codec, uuid, text])).toEqual([
        ['h264', '91ca60614aee385486142d5f73f4ae2e', 'kling-ai'],
        ['h264', 'dc45e9bde6d948b7962cd820d923eeef', 'x264 - core 164 - written for a fixture'],
      ]);
      expect((bytes[value[0]?.offset ?? 0] ?? 0) & 0x1f).toBe(6);
    },
  );

  it('messages of H.265', async () => {
    const { value } = await read('sei', 'mp4-sei-h265.mp4');
    expect(value).toMatchObject([{ codec: 'h265', uuid: '2ca2de09b51747dbbb55a4fe7fc2fc4e' }]);
    expect(value[0]?.text).toMatch(/^x265 \(build/);
  });
});
