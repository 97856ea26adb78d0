import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { bmffMetaReader } from '../../../src/core/readers/carriers/bmff-meta.js';
import { id3Reader } from '../../../src/core/readers/carriers/id3.js';
import { box, frame, ftyp, handlerBox, id3, u32 } from './av-bytes.js';
import { opened } from './opened.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');

const read = (...boxes: Buffer[]) =>
  opened('a.mp4', Buffer.concat([ftyp, ...boxes]), (asset) => id3Reader.read(asset, { engine: 'wasm' }));

const LANGUAGE = Buffer.from([0x15, 0xc7]);
const tagOf = (text: string) => id3(4, [frame(4, 'TXXX', [3], `AIGC\0${text}`)]);
const id32 = (tag: Buffer) => box('ID32', u32(0), LANGUAGE, tag);
const meta = (...children: Buffer[]) => box('meta', u32(0), handlerBox('ID32'), ...children);
const movie = (...children: Buffer[]) => box('moov', ...children);

describe('ID3 in MP4', () => {
  it.each([
    ['of the file', [meta(id32(tagOf('x'))), movie()], 'ID3v2.4 in meta.ID32'],
    ['of the movie', [movie(meta(id32(tagOf('x'))))], 'ID3v2.4 in moov.meta.ID32'],
    [
      'of the movie’s user data',
      [movie(box('udta', meta(id32(tagOf('x')))))],
      'ID3v2.4 in moov.udta.meta.ID32',
    ],
    [
      'of a track',
      [movie(box('trak'), box('trak', meta(id32(tagOf('x')))))],
      'ID3v2.4 in moov.trak.meta.ID32 of track 2',
    ],
  ])('%s is read, with its place', async (_name, boxes, system) => {
    const all = Buffer.concat([ftyp, ...boxes]);
    expect(await read(...boxes)).toEqual({
      status: 'found',
      value: [{ system, key: 'TXXX:AIGC', value: 'x', offset: all.indexOf('\x03AIGC', 0, 'latin1') }],
    });
  });

  it('in several languages is read for each', async () => {
    const answer = await read(meta(id32(tagOf('a')), id32(tagOf('b'))));
    expect('value' in answer && answer.value?.map(({ value }) => value)).toEqual(['a', 'b']);
  });

  it('is absent where no box holds one, and not where the boxes could not be walked', async () => {
    expect(await read(movie(meta()))).toEqual({ status: 'absent' });
    expect(await read(Buffer.concat([u32(99), Buffer.from('moov')]))).toMatchObject({ status: 'malformed' });
  });

  it('that is no tag, or longer than its box, is malformed', async () => {
    expect(await read(meta(id32(Buffer.from('no tag here'))))).toMatchObject({
      status: 'malformed',
      code: 'id3.box',
    });
    const longer = tagOf('x');
    longer.writeUInt8(0x7f, 8);
    expect(await read(meta(id32(longer)), box('free', Buffer.alloc(99_999)))).toMatchObject({
      status: 'malformed',
      code: 'id3.box',
    });
  });

  it('in more boxes than are read says so, and keeps what was read', async () => {
    const boxes = Array.from({ length: limits.id3Tags + 1 }, (_, at) => id32(tagOf(`${at}`)));
    const answer = await read(meta(...boxes));
    expect(answer).toMatchObject({ status: 'failed', code: 'bound.entries' });
    expect('value' in answer && answer.value).toHaveLength(limits.id3Tags);
  });

  it('in user data is no user data besides', async () => {
    const bytes = Buffer.concat([ftyp, movie(box('udta', id32(tagOf('x'))))]);
    const tags = await opened('a.mp4', bytes, (asset) => bmffMetaReader.read(asset, { engine: 'wasm' }));
    expect('value' in tags && tags.value?.filter(({ system }) => system === 'udta')).toEqual([]);
    expect(await read(movie(box('udta', id32(tagOf('x')))))).toMatchObject({ status: 'found' });
  });

  it('is looked for in pictures of that kind too', async () => {
    const asset = await Asset.open(join(FIXTURES, 'plain/plain.heic'));
    expect(await id3Reader.read(asset, { engine: 'wasm' }).finally(() => asset.close())).toEqual({
      status: 'absent',
    });
  });
});
