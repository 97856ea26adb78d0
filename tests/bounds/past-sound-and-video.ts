import { readFileSync } from 'node:fs';
import {
  amfEcmaArray,
  amfObject,
  amfString,
  apeTag,
  box,
  dataBox,
  ebmlHeader,
  element,
  frame,
  freeformItem,
  id3,
  isoMeta,
  openElement,
  riffChunk,
  riffList,
  simpleTag,
  u16,
  u32,
  withChunks,
  withMetadata,
  xtraBox,
} from '../../fixtures/build/bound-makers.js';
import { limits } from '../../src/base/limits.js';
import { label, type Past, repeated, times, u32le } from './past.js';

const file = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const plain = (name: string) => file(`plain/${name}`);
const wav = () => plain('plain.wav');

const named = (name: string, text: string) => frame(4, 'TXXX', [3], `${name}\0${text}`);
const AIGC = () => named('AIGC', label());
const inMovie = (...boxes: Buffer[]) =>
  Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isom')),
    box('moov', box('mvhd', Buffer.alloc(100)), ...boxes),
    box('mdat'),
  ]);
const userData = (...boxes: Buffer[]) => inMovie(box('udta', ...boxes));
const inItemList = (...items: Buffer[]) => userData(isoMeta(box('ilst', ...items)));
const nestedTag = (depth: number): Buffer =>
  simpleTag('a', depth === 0 ? label() : undefined, depth === 0 ? [] : [nestedTag(depth - 1)]);
const nestedObject = (depth: number): Buffer =>
  depth === 0 ? amfString(label()) : amfObject({ a: nestedObject(depth - 1) });

const flvTag = (type: number, body: Buffer) => {
  const head = Buffer.alloc(11);
  head[0] = type;
  head.writeUIntBE(body.length, 1, 3);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 11);
  return Buffer.concat([head, body, size]);
};

const vorbis = (...comments: string[]) =>
  Buffer.concat([
    u32le(0),
    u32le(comments.length),
    ...comments.flatMap((text) => [u32le(Buffer.byteLength(text)), Buffer.from(text)]),
  ]);
const flacBlock = (type: number, body: Buffer) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(type * 2 ** 24 + body.length);
  return Buffer.concat([head, body]);
};
const VORBIS_COMMENT = 4;
const PADDING = 1;
/** Inserts blocks after the first one, which describes the stream. */
const flacWith = (...blocks: Buffer[]) => {
  const flac = plain('plain.flac');
  const end = 4 + 4 + flac.readUIntBE(5, 3);
  return Buffer.concat([flac.subarray(0, end), ...blocks, flac.subarray(end)]);
};

const oggPage = (flags: number, serial: number, body: Buffer, lacing = [body.length]) => {
  const head = Buffer.alloc(27);
  head.write('OggS', 'latin1');
  head[5] = flags;
  head.writeUInt32LE(serial, 14);
  head[26] = lacing.length;
  return Buffer.concat([head, Buffer.from(lacing), body]);
};
const opusHead = (serial: number) =>
  oggPage(2, serial, Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1'));

/** H.264 in Matroska: one message of `user_data_unregistered`, with a length field that fits. */
const seiUnit = (bytes: number) => {
  const size = [...Array(Math.floor(bytes / 255)).fill(0xff), bytes % 255];
  return Buffer.concat([Buffer.from([6, 5, ...size]), Buffer.alloc(bytes, 'a'), Buffer.from([0x80])]);
};
const unit = (bytes: Buffer) => Buffer.concat([u32(bytes.length), bytes]);
/** Copies the first frame of that MP4 to the end of the file, and points its table there. */
const withFrame = (frameBytes: Buffer) => {
  const bytes = Buffer.from(file('labels/mp4-sei.mp4'));
  const sizes = bytes.indexOf('stsz') + 4;
  const places = bytes.indexOf('stco') + 4;
  bytes.writeUInt32BE(0, sizes + 4);
  bytes.writeUInt32BE(1, sizes + 8);
  bytes.writeUInt32BE(frameBytes.length, sizes + 12);
  bytes.writeUInt32BE(bytes.length + 8, places + 8);
  return Buffer.concat([bytes, box('mdat', frameBytes)]);
};

/** AVI of H.264 whose frames follow other chunks. */
const aviBehind = (count: number) => {
  const avi = file('labels/avi-sei.avi');
  const at = avi.indexOf('movi') + 4;
  const added = repeated(riffChunk('01wb', 'ab'), count);
  const whole = Buffer.concat([avi.subarray(0, at), added, avi.subarray(at)]);
  whole.writeUInt32LE(whole.readUInt32LE(at - 8) + added.length, at - 8);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
};

const fakeAvi = (...chunks: Buffer[]) => withChunks(Buffer.from('RIFF\0\0\0\0AVI '), ...chunks);

export const PAST_SOUND_AND_VIDEO: readonly Past[] = [
  {
    bound: 'id3Tags',
    name: 'a.mp3',
    make: () =>
      Buffer.concat([
        ...times(limits.id3Tags, () => id3(4, [named('a', 'b')])),
        id3(4, [AIGC()]),
        plain('plain.mp3'),
      ]),
    carrier: 'id3',
    code: 'bound.entries',
  },
  {
    bound: 'id3Tags',
    where: 'chunks of a WAV',
    name: 'a.wav',
    make: () =>
      withChunks(
        wav(),
        ...times(limits.id3Tags, () => riffChunk('id3 ', id3(4, [named('a', 'b')]))),
        riffChunk('id3 ', id3(4, [AIGC()])),
      ),
    carrier: 'id3',
    code: 'bound.entries',
  },
  {
    bound: 'id3Frames',
    name: 'a.mp3',
    make: () =>
      Buffer.concat([id3(4, [repeated(frame(4, 'PRIV', 'a\0b'), limits.id3Frames + 1)]), plain('plain.mp3')]),
    carrier: 'id3',
    code: 'bound.entries',
  },
  {
    bound: 'id3TagBytes',
    name: 'a.mp3',
    make: () => {
      const tag = id3(3, [frame(3, 'TIT2', [0], 'a')], { unsynchronised: true });
      // Larger than the file; the limit is checked first.
      Buffer.from([0x20, 0, 0, 1]).copy(tag, 6);
      return Buffer.concat([tag, plain('plain.mp3')]);
    },
    carrier: 'id3',
    code: 'bound.bytes',
  },
  {
    bound: 'inflatedTextBytes',
    where: 'a frame that is larger, and so is not unpacked',
    name: 'a.mp3',
    make: () => {
      const body = Buffer.alloc(limits.inflatedTextBytes + 1);
      const head = Buffer.concat([Buffer.from('TXXX'), u32(body.length), Buffer.from([0, 0x80])]);
      return Buffer.concat([id3(3, [Buffer.concat([head, body])]), plain('plain.mp3')]);
    },
    carrier: 'id3',
    code: 'id3.packedFrame',
  },
  {
    bound: 'apeTagBytes',
    name: 'a.mp3',
    make: () => {
      const tag = apeTag({ a: 'b'.repeat(limits.apeTagBytes) });
      return Buffer.concat([plain('plain.mp3'), tag]);
    },
    carrier: 'apeTags',
    code: 'bound.bytes',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'items of a movie',
    name: 'a.mp4',
    make: () => inItemList(repeated(box('©cmt', dataBox('a')), limits.tagsPerCarrier + 1)),
    carrier: 'bmffMeta',
    code: 'bound.tags',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'Microsoft’s list (Xtra)',
    name: 'a.mp4',
    make: () => {
      const one = xtraBox('a', 'b').subarray(8);
      return userData(box('Xtra', repeated(one, limits.tagsPerCarrier + 1)));
    },
    carrier: 'bmffMeta',
    code: 'bound.tags',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'QuickTime’s international text',
    name: 'a.mp4',
    make: () =>
      userData(
        box(
          '©cmt',
          repeated(Buffer.concat([u16(1), u16(0x55c4), Buffer.from('a')]), limits.tagsPerCarrier + 1),
        ),
      ),
    carrier: 'bmffMeta',
    code: 'bound.tags',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'onMetaData',
    name: 'a.flv',
    make: () =>
      withMetadata(
        plain('plain.flv'),
        amfEcmaArray(
          Object.fromEntries(times(limits.tagsPerCarrier + 1, (at) => [`a${at}`, amfString('b')])),
        ),
      ),
    carrier: 'flvMeta',
    code: 'bound.tags',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'messages in the video',
    name: 'a.mp4',
    make: () => withFrame(Buffer.concat(times(3, (at) => unit(messages(at * 1_400, 1_400))))),
    carrier: 'sei',
    code: 'bound.entries',
  },
  {
    bound: 'tagValueBytes',
    name: 'a.mp4',
    make: () => inItemList(box('©cmt', dataBox('a'.repeat(limits.tagValueBytes + 1)))),
    carrier: 'bmffMeta',
    code: 'bound.shortened',
  },
  {
    bound: 'tagValueBytes',
    where: 'Microsoft’s list (Xtra)',
    name: 'a.mp4',
    make: () => {
      const one = xtraBox('a', 'b'.repeat(10_000)).subarray(8);
      return userData(box('Xtra', repeated(one, Math.ceil(limits.tagValueBytes / one.length) + 1)));
    },
    carrier: 'bmffMeta',
    code: 'bound.shortened',
  },
  {
    bound: 'shownValueCharacters',
    where: 'the name of a tag',
    name: 'a.mp4',
    make: () =>
      inItemList(freeformItem('com.apple.iTunes', `${'a'.repeat(limits.shownValueCharacters)}:AIGC`, 'a')),
    carrier: 'bmffMeta',
    code: 'bound.tagName',
  },
  {
    bound: 'shownValueCharacters',
    where: 'the name of a Matroska tag',
    name: 'a.mkv',
    make: () =>
      Buffer.concat([
        ebmlHeader('matroska'),
        element(
          'segment',
          element(
            'tags',
            element('tag', simpleTag(`${'a'.repeat(limits.shownValueCharacters)}AIGC`, label())),
          ),
        ),
      ]),
    carrier: 'matroskaTags',
    code: 'bound.tagName',
  },
  {
    bound: 'carrierTextCharacters',
    where: 'tags',
    name: 'a.wav',
    make: () =>
      withChunks(
        wav(),
        riffList('INFO', ...times(9, () => riffChunk('ICMT', Buffer.alloc(limits.tagValueBytes, 'a')))),
      ),
    carrier: 'riffInfo',
    code: 'bound.tagText',
  },
  {
    bound: 'carrierTextCharacters',
    where: 'names of metadata items',
    name: 'a.mp4',
    make: () =>
      inMovie(
        isoMeta(
          box('hdlr', u32(0), u32(0), Buffer.from('mdta'), Buffer.alloc(13)),
          box('keys', u32(0), u32(1), box('mdta', Buffer.alloc(limits.carrierTextCharacters, 'a'))),
          box('ilst', box('\0\0\0\u0001', dataBox('a'))),
        ),
      ),
    carrier: 'bmffMeta',
    code: 'bound.bytes',
  },
  {
    bound: 'carrierTextCharacters',
    where: 'a script tag',
    name: 'a.flv',
    make: () =>
      withMetadata(
        plain('plain.flv'),
        amfEcmaArray(Object.fromEntries(times(70, (at) => [`a${at}`, amfString('b'.repeat(65_000))]))),
      ),
    carrier: 'flvMeta',
    code: 'bound.bytes',
  },
  {
    bound: 'bmffBoxes',
    name: 'a.mp4',
    make: () => inMovie(repeated(box('free'), limits.bmffBoxes + 1)),
    carrier: 'bmffMeta',
    code: 'bound.entries',
  },
  {
    bound: 'bmffBoxes',
    where: 'handed to an engine',
    name: 'a.mp4',
    make: () =>
      inMovie(
        box('traf', Buffer.from('\0\0\0\x0cfreec2pa', 'latin1'), repeated(box('free'), limits.bmffBoxes)),
      ),
    carrier: 'c2pa',
    code: 'bound.entries',
  },
  {
    bound: 'engineBoxes',
    name: 'a.mp4',
    make: () => {
      const crowd = box('trak', repeated(box('free'), 70));
      return Buffer.concat([
        inMovie(repeated(crowd, Math.ceil(limits.engineBoxes / 70))),
        box('free', Buffer.from('c2pa')),
      ]);
    },
    carrier: 'c2pa',
    code: 'bound.entries',
  },
  {
    bound: 'bmffDepth',
    name: 'a.mp4',
    make: () => {
      let inner: Buffer = box('udta', box('©cmt', Buffer.from(label())));
      for (let depth = 0; depth < limits.bmffDepth; depth += 1) inner = box('trak', inner);
      return inMovie(inner);
    },
    carrier: 'bmffMeta',
    code: 'bound.depth',
  },
  {
    bound: 'riffChunks',
    name: 'a.wav',
    make: () => withChunks(wav(), repeated(riffChunk('junk', ''), limits.riffChunks + 1)),
    carrier: 'riffInfo',
    code: 'bound.entries',
  },
  {
    bound: 'riffForms',
    name: 'a.avi',
    make: () => {
      const form = Buffer.from('RIFF\x04\0\0\0AVIX', 'latin1');
      return Buffer.concat([fakeAvi(), repeated(form, limits.riffForms)]);
    },
    carrier: 'riffInfo',
    code: 'bound.entries',
  },
  {
    bound: 'riffLists',
    name: 'a.wav',
    make: () =>
      withChunks(wav(), ...times(limits.riffLists + 1, () => riffList('INFO', riffChunk('ICMT', 'a')))),
    carrier: 'riffInfo',
    code: 'bound.entries',
  },
  {
    bound: 'ixmlBytes',
    name: 'a.wav',
    make: () => withChunks(wav(), riffChunk('iXML', Buffer.alloc(limits.ixmlBytes + 1, ' '))),
    carrier: 'broadcastWave',
    code: 'bound.bytes',
  },
  {
    bound: 'ixmlTags',
    name: 'a.wav',
    make: () =>
      withChunks(wav(), riffChunk('iXML', `<BWFXML>${'<NOTE></NOTE>'.repeat(limits.ixmlTags / 2)}</BWFXML>`)),
    carrier: 'broadcastWave',
    code: 'bound.values',
  },
  {
    bound: 'ebmlElements',
    name: 'a.mkv',
    make: () =>
      Buffer.concat([
        ebmlHeader('matroska'),
        openElement('segment', repeated(Buffer.from([0xec, 0x80]), limits.ebmlElements + 1)),
      ]),
    carrier: 'matroskaTags',
    code: 'bound.entries',
  },
  {
    bound: 'ebmlSimpleTagDepth',
    name: 'a.mkv',
    make: () =>
      Buffer.concat([
        ebmlHeader('matroska'),
        element('segment', element('tags', element('tag', nestedTag(limits.ebmlSimpleTagDepth)))),
      ]),
    carrier: 'matroskaTags',
    code: 'bound.depth',
  },
  {
    bound: 'flvTags',
    name: 'a.flv',
    make: () =>
      Buffer.concat([
        plain('plain.flv').subarray(0, 13),
        repeated(flvTag(8, Buffer.alloc(0)), limits.flvTags),
        flvTag(18, Buffer.concat([amfString('onMetaData'), amfEcmaArray({ AIGC: amfString(label()) })])),
      ]),
    carrier: 'flvMeta',
    code: 'bound.entries',
  },
  {
    bound: 'amfDepth',
    name: 'a.flv',
    make: () => withMetadata(plain('plain.flv'), nestedObject(limits.amfDepth + 1)),
    carrier: 'flvMeta',
    code: 'bound.depth',
  },
  {
    bound: 'flacBlocks',
    name: 'a.flac',
    make: () => flacWith(repeated(flacBlock(PADDING, Buffer.alloc(0)), limits.flacBlocks)),
    carrier: 'vorbisComment',
    code: 'bound.entries',
  },
  {
    bound: 'vorbisCommentBytes',
    name: 'a.flac',
    make: () => {
      const block = flacBlock(VORBIS_COMMENT, Buffer.concat([vorbis('a=b'), Buffer.alloc(12 * 1024 ** 2)]));
      return flacWith(...times(Math.ceil(limits.vorbisCommentBytes / block.length), () => block));
    },
    carrier: 'vorbisComment',
    code: 'bound.bytes',
  },
  {
    bound: 'oggPages',
    name: 'a.opus',
    make: () =>
      Buffer.concat([
        opusHead(1),
        // A packet that continues from page to page.
        repeated(oggPage(0, 1, Buffer.alloc(255, 'a'), [255]), limits.oggPages),
      ]),
    carrier: 'vorbisComment',
    code: 'bound.entries',
  },
  {
    bound: 'oggStreams',
    name: 'a.opus',
    make: () => Buffer.concat(times(limits.oggStreams + 1, opusHead)),
    carrier: 'vorbisComment',
    code: 'bound.entries',
  },
  {
    bound: 'frameParts',
    name: 'a.avi',
    make: () => aviBehind(limits.frameParts),
    carrier: 'sei',
    code: 'bound.frameParts',
  },
  {
    bound: 'seiUnits',
    name: 'a.mp4',
    make: () => withFrame(repeated(unit(Buffer.from([9])), limits.seiUnits + 1)),
    carrier: 'sei',
    code: 'bound.entries',
  },
  {
    bound: 'seiMessageBytes',
    name: 'a.mp4',
    make: () => withFrame(unit(seiUnit(limits.seiMessageBytes))),
    carrier: 'sei',
    code: 'bound.bytes',
  },
  {
    bound: 'soundReads',
    name: 'a.wav',
    make: () => {
      const format = Buffer.from('666d74201000000001000100401f0000803e000002001000', 'hex');
      return withChunks(
        Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), format]),
        repeated(riffChunk('junk', ''), limits.soundReads + 1),
      );
    },
    carrier: 'streams',
    code: 'sound.unreadable',
    holdsNoLabel: true,
  },
  {
    bound: 'defaultSamples',
    name: 'a.mp4',
    make: () => {
      const run = box('trun', u32(0), u32(limits.defaultSamples + 1), Buffer.alloc(16));
      return Buffer.concat([
        box('ftyp', Buffer.from('isom\0\0\0\0isom')),
        box('moov', box('mvhd', Buffer.alloc(100))),
        box('moof', box('traf', box('tfhd', u32(0), u32(1)), run)),
      ]);
    },
    carrier: 'streams',
    code: 'sound.unreadable',
    holdsNoLabel: true,
  },
];

/** SEI with so many short messages, each of another text. */
function messages(first: number, count: number): Buffer {
  return Buffer.concat([
    Buffer.from([6]),
    ...times(count, (at) =>
      Buffer.concat([Buffer.from([5, 22]), Buffer.alloc(16, 1), Buffer.from(`m${10_000 + first + at}`)]),
    ),
    Buffer.from([0x80]),
  ]);
}
