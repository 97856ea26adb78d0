import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import type { Carrier, Read } from '../../../src/core/media/carrier.js';
import { UNKNOWN_MEDIA_TYPE } from '../../../src/core/media/media-types.js';
import { READERS } from '../../../src/core/readers/index.js';
import { readAll } from '../../../src/core/readers/read-all.js';
import {
  box,
  dataBox,
  ebmlHeader,
  element,
  frame,
  ftyp,
  handlerBox,
  id3,
  keysBox,
  numberedItem,
  openElement,
  simpleTag,
  u32,
} from './av-bytes.js';
import { containersRead } from './containers-read.js';

/** Structures made to harm a reader: each ends soon, and is never reported as absent. */

const folder = mkdtempSync(join(tmpdir(), 'assay-av-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten times the duration on an idle machine, and half of a reader's limit. */
const SOON_MILLIS = 6_000;

async function read(carrier: Carrier, bytes: Buffer): Promise<Read<unknown>> {
  const path = join(folder, 'a');
  writeFileSync(path, bytes);
  const asset = await Asset.open(path);
  try {
    expect(containersRead(carrier)).toContain(asset.mediaType.container);
    const began = process.cpuUsage();
    const answer = await READERS[carrier].read(asset, { engine: 'wasm' });
    // Processor time, because other tests run concurrently.
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(SOON_MILLIS);
    return answer;
  } finally {
    await asset.close();
  }
}

const movie = (...boxes: Buffer[]) => Buffer.concat([ftyp, box('moov', ...boxes)]);
const times = (count: number, make: (index: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

function nested(depth: number, make: (inner: Buffer) => Buffer, innermost: Buffer): Buffer {
  let inner = innermost;
  for (let i = 0; i < depth; i++) inner = make(inner);
  return inner;
}

describe('movies', () => {
  it('a box larger than the file', async () => {
    const late = Buffer.concat([u32(0xfffffff0), Buffer.from('udta')]);
    expect(await read('bmffMeta', movie(late))).toMatchObject({ status: 'malformed', code: 'data.lengthAt' });
  });

  it('boxes within boxes without end', async () => {
    const deep = nested(3_000, (inner) => box('udta', inner), box('name', Buffer.from('x')));
    expect(['found', 'malformed', 'failed']).toContain((await read('bmffMeta', movie(deep))).status);
  });

  it('more boxes than the bound', async () => {
    const many = times(limits.bmffBoxes + 10, () => box('free'));
    expect(await read('bmffMeta', movie(many))).toMatchObject({ status: 'failed', code: 'bound.entries' });
  });

  it('items whose names are missing', async () => {
    const meta = box(
      'meta',
      handlerBox('mdta'),
      keysBox('one'),
      box('ilst', numberedItem(1, dataBox('a')), numberedItem(2, dataBox('b'))),
    );
    expect(await read('bmffMeta', movie(meta))).toMatchObject({
      status: 'malformed',
      code: 'bmff.keys',
      value: expect.arrayContaining([expect.objectContaining({ key: '0x00000002', value: 'b' })]),
    });
  });

  it('more tags than the bound', async () => {
    const items = times(limits.tagsPerCarrier + 10, () => box('©cmt', dataBox('x')));
    const answer = await read(
      'bmffMeta',
      movie(box('udta', box('meta', handlerBox('mdir'), box('ilst', items)))),
    );
    expect(answer).toMatchObject({ status: 'failed' });
  });

  it('a file that breaks off after its movie tells so, and keeps what was read', async () => {
    const file = Buffer.concat([
      movie(box('udta', box('name', Buffer.from('kept')))),
      u32(9_000),
      Buffer.from('mdat'),
    ]);
    expect(await read('bmffMeta', file)).toMatchObject({
      status: 'found',
      notes: [{ id: 'note.boxBeforeFault', params: { box: 'moov' } }],
    });
  });

  it('a movie that breaks off hides whether there is a video', async () => {
    const torn = movie(Buffer.concat([u32(500), Buffer.from('trak')]));
    expect(await read('sei', torn)).toMatchObject({ status: 'malformed', code: 'data.lengthAt' });
  });

  it('a video whose frames are not there', async () => {
    const avcc = box('avcC', Buffer.from([1, 100, 0, 10, 0xff, 0xe0, 0]));
    const entry = box('avc1', Buffer.alloc(78), avcc);
    const stbl = box(
      'stbl',
      box('stsd', u32(0), u32(1), entry),
      box('stsz', u32(0), u32(0x7fffffff), u32(0xffffffff)),
      box('stsc', u32(0), u32(1), u32(1), u32(0xffffffff), u32(1)),
      box('stco', u32(0), u32(1), u32(0x7fffffff)),
    );
    const file = movie(box('trak', box('mdia', box('minf', stbl))));
    expect(await read('sei', file)).toMatchObject({ status: 'malformed', code: 'sei.truncated' });
  });
});

describe('Matroska', () => {
  const segment = (...parts: Buffer[]) =>
    Buffer.concat([ebmlHeader('matroska'), element('segment', ...parts)]);

  it('tags within tags without end', async () => {
    const deep = nested(500, (inner) => simpleTag('A', 'x', [inner]), simpleTag('B', 'y'));
    expect(await read('matroskaTags', segment(element('tags', element('tag', deep))))).toMatchObject({
      status: 'failed',
      code: 'bound.depth',
    });
  });

  it('an element larger than what it stands in', async () => {
    const tags = element(
      'tags',
      element('tag', simpleTag('A', 'kept')),
      Buffer.from('7373', 'hex'),
      Buffer.from([0xfe]),
    );
    expect(await read('matroskaTags', segment(tags))).toMatchObject({ status: 'malformed' });
  });

  it('a live recording that breaks off', async () => {
    const file = Buffer.concat([
      ebmlHeader('webm'),
      openElement(
        'segment',
        element('info', element('writingApp', 'kept')),
        openElement('cluster', element('simpleBlock', Buffer.alloc(300))),
      ),
    ]);
    expect(await read('matroskaTags', file.subarray(0, file.length - 100))).toMatchObject({
      status: 'malformed',
      code: 'ebml.truncated',
      value: [{ key: 'WritingApp', value: 'kept' }],
    });
  });

  it('more elements than the bound', async () => {
    const empty = Buffer.from([0xec, 0x80]);
    const file = Buffer.concat([
      ebmlHeader('webm'),
      openElement('segment', Buffer.alloc(2 * limits.ebmlElements + 100, empty)),
    ]);
    expect(await read('matroskaTags', file)).toMatchObject({ status: 'failed', code: 'bound.entries' });
  });
});

describe('sound', () => {
  const mpeg = times(4, () => Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(413)]));

  it('an ID3 frame larger than its tag', async () => {
    const torn = Buffer.concat([Buffer.from('TXXX'), u32(0x7fffffff), Buffer.alloc(20)]);
    const file = Buffer.concat([id3(3, [frame(3, 'TIT2', [0], 'kept'), torn]), mpeg]);
    expect(await read('id3', file)).toMatchObject({
      status: 'malformed',
      code: 'id3.frameSize',
      value: [{ key: 'TIT2', value: 'kept' }],
    });
  });

  it('more ID3 frames than the bound', async () => {
    const file = Buffer.concat([
      id3(4, [times(limits.id3Frames + 10, () => frame(4, 'PRIV', 'a\0b'))]),
      mpeg,
    ]);
    expect((await read('id3', file)).status).toBe('failed');
  });

  it('an encrypted ID3 frame is told', async () => {
    const body = Buffer.from('\0secret');
    const locked = Buffer.concat([Buffer.from('TIT2'), u32(body.length), Buffer.from([0, 0x40]), body]);
    expect(await read('id3', Buffer.concat([id3(3, [locked]), mpeg]))).toMatchObject({
      status: 'failed',
      code: 'id3.packedFrame',
    });
  });

  it('an APE tag larger than the file', async () => {
    const footer = Buffer.alloc(32);
    footer.write('APETAGEX');
    footer.writeUInt32LE(2000, 8);
    footer.writeUInt32LE(0xfffffff0, 12);
    footer.writeUInt32LE(0xffffffff, 16);
    expect(await read('apeTags', Buffer.concat([id3(4, []), mpeg, footer]))).toMatchObject({
      status: 'malformed',
      code: 'ape.size',
    });
  });

  it('an APE tag with other bytes behind it, and one that was cut off', async () => {
    const item = Buffer.concat([u32(0), u32(0), Buffer.from('AIGC\0yes')]);
    item.writeUInt32LE(3, 0);
    const mark = (flags: number) => {
      const bytes = Buffer.alloc(32);
      bytes.write('APETAGEX');
      bytes.writeUInt32LE(2000, 8);
      bytes.writeUInt32LE(item.length + 32, 12);
      bytes.writeUInt32LE(1, 16);
      bytes.writeUInt32LE(flags, 20);
      return bytes;
    };
    const whole = Buffer.concat([id3(4, []), mpeg, mark(0xa0000000), item, mark(0x80000000)]);
    const tag = { status: 'found', value: [{ key: 'AIGC', value: 'yes' }] };
    expect(await read('apeTags', whole)).toMatchObject(tag);
    expect(await read('apeTags', Buffer.concat([whole, Buffer.alloc(4_096)]))).toMatchObject(tag);
    expect(await read('apeTags', Buffer.concat([whole, Buffer.from('\r\njunk')]))).toMatchObject(tag);
    const cut = (bytes: number) => read('apeTags', whole.subarray(0, -bytes));
    expect(await cut(1)).toMatchObject({ status: 'malformed', code: 'ape.truncated' });
    expect(await cut(32)).toMatchObject(tag);
    expect(await cut(36)).toMatchObject({ status: 'malformed', code: 'ape.size' });
    expect(await cut(32 + item.length + 32)).toMatchObject({ status: 'absent' });
  });

  it.each([
    ['MP3', id3(4, [])],
    ['Matroska', ebmlHeader('matroska')],
  ])('a byte order mark before a %s, whose tags would not be found behind it', async (_, bytes) => {
    const path = join(folder, 'a');
    writeFileSync(path, Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes]));
    const asset = await Asset.open(path);
    await asset.close();
    expect(asset.mediaType).toEqual(UNKNOWN_MEDIA_TYPE);
  });

  it('a FLAC whose comments promise more than there is', async () => {
    const comment = Buffer.alloc(12);
    comment.writeUInt32LE(0xffffffff, 8);
    comment.writeUInt32LE(1, 4);
    const file = Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x84, 0, 0, comment.length]), comment]);
    expect(await read('vorbisComment', file)).toMatchObject({ status: 'malformed', code: 'vorbis.comment' });
  });

  it('an AVI of lists within lists', async () => {
    const list = (body: Buffer) => {
      const head = Buffer.from('LIST\0\0\0\0strl');
      head.writeUInt32LE(body.length + 4, 4);
      return Buffer.concat([head, body]);
    };
    const deep = nested(2_000, list, Buffer.alloc(0));
    const head = Buffer.from('RIFF\0\0\0\0AVI ');
    head.writeUInt32LE(deep.length + 4, 4);
    expect(await read('riffInfo', Buffer.concat([head, deep]))).toMatchObject({
      status: 'failed',
      code: 'bound.entries',
    });
  });

  it('an iXML chunk with a DOCTYPE', async () => {
    const ixml = Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><BWFXML><A>&a;</A></BWFXML>');
    const head = Buffer.from('RIFF\0\0\0\0WAVEiXML\0\0\0\0', 'latin1');
    head.writeUInt32LE(ixml.length, 16);
    const file = Buffer.concat([head, ixml, Buffer.alloc(ixml.length % 2)]);
    file.writeUInt32LE(file.length - 8, 4);
    expect(await read('broadcastWave', file)).toMatchObject({ status: 'malformed', code: 'ixml.markup' });
  });
});

describe('FLV', () => {
  it('objects within objects without end', async () => {
    const name = Buffer.from('\x02\0\x0aonMetaData', 'latin1');
    const body = Buffer.concat([
      name,
      Buffer.from([8, 0, 0, 0, 1]),
      times(5_000, () => Buffer.from('\0\x01a\x03', 'latin1')),
    ]);
    const tag = Buffer.alloc(11);
    tag[0] = 18;
    tag.writeUIntBE(body.length, 1, 3);
    const file = Buffer.concat([Buffer.from('FLV\x01\x01\0\0\0\x09\0\0\0\0', 'latin1'), tag, body, u32(0)]);
    expect(await read('flvMeta', file)).toMatchObject({ status: 'failed', code: 'bound.depth' });
  });
});

describe('a type that could not be decided', () => {
  it('says in every read what kept it from being decided', async () => {
    const mediaType = { ...UNKNOWN_MEDIA_TYPE, fault: 'Error: i/o error, read' };
    const asset: Asset = Object.assign(Object.create(Asset.prototype), { mediaType });
    const evidence = await readAll(asset, { engine: 'wasm' });
    expect(evidence.xmp).toEqual({
      status: 'unsupported',
      code: 'carrier.notRead',
      params: { what: 'format', format: mediaType.format },
      notes: [{ id: 'note.unknownFormat', params: { words: 'Error: i/o error, read' } }],
    });
  });
});
