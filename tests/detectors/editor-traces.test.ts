import { describe, expect, it } from 'vitest';
import { editorHistory } from '../../src/core/detectors/editor-history.js';
import { editorTraces } from '../../src/core/detectors/editor-traces.js';
import type { ContainerTag, XmpPacket } from '../../src/core/evidence/evidence.js';
import { evidence, facts } from '../literals.js';
import { toldSignals } from '../told.js';

const tag = (key: string, value: string, system = 'mdta'): ContainerTag => ({ key, value, system });
const software = (value: string) => ({ exif: [{ block: 'IFD0' as const, name: 'Software', value }] });
const xmp = (values: Record<string, string>): XmpPacket[] => [
  {
    place: 'APP1 XMP',
    offset: 20,
    properties: Object.entries(values).map(([path, value]) => ({
      path,
      namespace: 'n',
      name: path,
      value,
      form: 'attribute',
    })),
  },
];
const detect = (found: Parameters<typeof evidence>[0]) => editorTraces.detect(evidence(found), facts());

describe('editors that name themselves', () => {
  it.each([
    ['Adobe Photoshop 24.1 (Windows)', 'editor.photoshop'],
    ['Adobe Photoshop Lightroom Classic 10.0 (Macintosh)', 'editor.cameraRaw'],
    ['Adobe Lightroom 5.3 (Macintosh)', 'editor.cameraRaw'],
    ['GIMP 2.10.34', 'editor.gimp'],
    ['darktable 4.6.1', 'editor.software'],
    ['Snapseed 2.0', 'editor.hint.software'],
    ['Canva', 'editor.hint.software'],
  ])('%s', (value, id) => {
    expect(detect(software(value))).toMatchObject([{ id, backing: 'inferred', value }]);
  });

  it.each(['My Photoshop notes', 'HDR+ 1.0', '17.3', 'Gimpel camera', 'Canvas 3'])('not %s', (value) => {
    expect(detect(software(value))).toEqual([]);
  });

  it.each([
    ['Created with GIMP', 'editor.gimp'],
    ['Created with The GIMP', 'editor.gimp'],
    ['Erstellt mit GIMP', 'editor.hint.software'],
    ['GIMPで作成', 'editor.hint.software'],
  ])('GIMP by its comment: %s', (text, id) => {
    const comment = [{ place: 'COM', offset: 20, text }];
    expect(detect({ comment }).map((s) => s.id)).toEqual([id]);
  });

  it('not GIMP where a person writes of it', () => {
    expect(detect({ comment: [{ place: 'COM', offset: 20, text: 'GIMPで再保存しただけ' }] })).toEqual([]);
    expect(detect({ comment: [{ place: 'COM', offset: 20, text: 'Created with GIMP and love' }] })).toEqual(
      [],
    );
  });
});

describe('encoders of video and sound', () => {
  it.each([
    ['©too', { bmffMeta: [tag('©too', 'Lavf60.16.100', 'iTunes')] }],
    ['MuxingApp', { matroskaTags: [tag('MuxingApp', 'Lavf61.7.100', 'matroska info')] }],
    ['a stream’s encoder', { matroskaTags: [tag('ENCODER', 'Lavc61.19.100 libx264', 'matroska')] }],
    ['ISFT', { riffInfo: [tag('ISFT', 'Lavf62.3.100', 'RIFF INFO')] }],
    ['TSSE', { id3: [tag('TSSE', 'Lavf58.29.100', 'ID3v2.4')] }],
  ])('FFmpeg in %s', (_name, found) => {
    expect(detect(found)).toMatchObject([{ id: 'editor.ffmpeg', grade: 'V' }]);
  });

  it('x264 in the stream', () => {
    const sei = [
      {
        codec: 'h264' as const,
        uuid: 'dc45e9bde6d948b7962cd820d923eeef',
        text: 'x264 - core 164 r3108 31e19f9 - H.264/MPEG-4 AVC codec - Copyleft',
      },
    ];
    expect(detect({ sei })).toMatchObject([{ id: 'editor.x264', value: 'x264 - core 164 r3108' }]);
  });

  it('CapCut by its export data', () => {
    const data = { appVersion: '5.8.0', os: 'android', product: 'vicut', exportType: 'export', videoId: 'x' };
    const bmffMeta = [tag('LvMetaInfo', JSON.stringify({ data, source_type: 'vicut' }))];
    expect(detect({ bmffMeta })).toMatchObject([
      { id: 'editor.capcut', grade: 'O', facts: [{ value: 'vicut' }, { value: '5.8.0' }, {}, {}, {}] },
    ]);
    expect(detect({ bmffMeta: [tag('LvMetaInfo', 'x')] })).toEqual([]);
  });

  it('nothing by what every copy from YouTube has', () => {
    expect(detect({ bmffMeta: [tag('©too', 'Google', 'iTunes')] })).toEqual([]);
  });
});

describe('a document’s past', () => {
  const past = (values: Record<string, string>) =>
    toldSignals(editorHistory.detect(evidence({ xmp: xmp(values) }), facts()));

  it('counts steps and names programs and times', () => {
    expect(
      past({
        'xmpMM:History[1]/stEvt:action': 'created',
        'xmpMM:History[1]/stEvt:when': '2026-05-03T10:20:30+02:00',
        'xmpMM:History[1]/stEvt:softwareAgent': 'Adobe Photoshop 24.1 (Windows)',
        'xmpMM:History[2]/stEvt:action': 'saved',
        'xmpMM:History[2]/stEvt:when': '2026-05-04T10:20:30+02:00',
        'xmpMM:History[2]/stEvt:softwareAgent': 'Adobe Photoshop 24.1 (Windows)',
      }),
    ).toEqual([
      {
        id: 'editor.history',
        backing: 'inferred',
        value: '2 steps',
        facts: [
          { name: 'steps', value: '2' },
          { name: 'software', value: 'Adobe Photoshop 24.1 (Windows)' },
          { name: 'action', value: 'created' },
          { name: 'action', value: 'saved' },
          { name: 'first', value: '2026-05-03T10:20:30+02:00' },
          { name: 'last', value: '2026-05-04T10:20:30+02:00' },
        ],
        basis: [{ carrier: 'xmp', place: 'APP1 XMP: xmpMM:History', offset: 20 }],
      },
    ]);
  });

  it('counts documents pasted in, and names the one derived from', () => {
    expect(
      past({
        'photoshop:DocumentAncestors[1]': 'uuid:1',
        'photoshop:DocumentAncestors[2]': 'uuid:2',
        'xmpMM:DerivedFrom/stRef:documentID': 'xmp.did:1',
        'xmpMM:DerivedFrom/stRef:filePath': '/Users/alex/a.psd',
      }),
    ).toMatchObject([
      { id: 'editor.documentAncestors', value: '2 documents' },
      { id: 'editor.derivedFrom', facts: [{ name: 'documentID', value: 'xmp.did:1' }] },
    ]);
    expect(past({ 'xmpMM:DocumentID': 'xmp.did:1' })).toEqual([]);
  });
});
