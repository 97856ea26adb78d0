import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { signalOrigins } from '../../../src/core/detectors/signal-origins.js';
import type { Declared } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { type ContradictionInput, findContradictions } from '../../../src/core/summary/contradictions.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';

const signal = (id: string, over: Partial<Signal> = {}): Signal => ({
  // Ids of other tables follow the same patterns before they are in the list.
  id: id as Signal['id'],
  backing: 'unsigned',
  basis: [{ carrier: 'xmp', locator: `XMP ${id}` }],
  ...over,
});
const camera = signal('camera.exif', {
  backing: 'inferred',
  basis: [{ carrier: 'exif', locator: 'IFD0 Make' }],
});
const trace = signal('generator.a1111', { backing: 'inferred' });
const label = signal('gb45438.label.generated');

const found = (signals: Signal[], over: Partial<ContradictionInput> = {}) =>
  findContradictions({ signals, credentials: { presence: 'absent' }, ...over }, signalOrigins([]));
const statements = (signals: Signal[], over: Partial<ContradictionInput> = {}) =>
  found(signals, over).map(({ statement }) => translatorFor('en').translate(statement));

describe('a capture against a statement of AI', () => {
  it('shows both sides with their places', () => {
    expect(found([camera, label])).toMatchObject([{ between: [camera, label], kind: 'excludes' }]);
    expect(statements([camera, label])).toEqual([
      inEnglish('contradiction.captureAndGeneration', {
        capture: message('contradiction.first.exif'),
        generation: message('contradiction.by.gb45438'),
      }),
    ]);
  });

  it.each([
    ['camera data and a generator’s trace', [camera, trace], 1],
    ['an IPTC capture and a label', [signal('iptc.digitalSourceType.digitalCapture'), label], 1],
    ['a credential’s capture and a trace', [signal('c2pa.digitalSourceType.digitalCapture'), trace], 1],
    [
      'two C2PA statements: they may speak of different ingredients',
      [
        signal('c2pa.digitalSourceType.digitalCapture'),
        signal('c2pa.digitalSourceType.trainedAlgorithmicMedia'),
      ],
      0,
    ],
    [
      'camera data and a trace that says it began with a picture',
      [camera, trace, signal('generator.sourcePicture')],
      0,
    ],
    ['camera data and a label, whatever a trace says', [camera, label, signal('generator.sourcePicture')], 1],
    ['camera data and an edit with AI', [camera, signal('iptc.credit.googleEdited')], 0],
    ['camera data and a hint', [camera, signal('generator.a1111', { grade: 'C' })], 0],
    [
      'what no longer matches the file',
      [camera, signal('c2pa.digitalSourceType.trainedAlgorithmicMedia', { backing: 'invalid' })],
      0,
    ],
  ])('%s', (_name, signals, count) => {
    expect(found(signals)).toHaveLength(count);
  });
});

describe('copies of a label', () => {
  it('names the fields in which they differ', () => {
    const copy = (value: string) => signal('gb45438.label.present', { value });
    const disagree = signal('gb45438.copies.disagree', { value: 'Label, ProduceID' });
    expect(statements([copy('a'), copy('b'), disagree])).toEqual([
      inEnglish('contradiction.gbCopiesIn', { fields: ['Label', 'ProduceID'] }),
    ]);
  });

  it('shows each place where one signal names them all', () => {
    const basis = ['one', 'two', 'three'].map((locator) => ({ carrier: 'xmp' as const, locator }));
    const [one] = found([signal('gb45438.copies.disagree', { basis })]);
    expect(one?.between.map((side) => side.basis.map(({ locator }) => locator))).toEqual([
      ['one'],
      ['two', 'three'],
    ]);
  });

  it('takes IPTC’s as well', () => {
    expect(
      statements([signal('iptc.digitalSourceType.digitalArt'), signal('iptc.digitalSourceType.composite')]),
    ).toEqual([inEnglish('contradiction.iptcCopies', { one: 'digitalArt', other: 'composite' })]);
  });
});

describe('a label of AI under a manifest that does not mention it', () => {
  const intact = signal('c2pa.integrity.intact', {
    backing: 'valid',
    basis: [{ carrier: 'c2pa', locator: 'm1' }],
  });
  const manifest = { label: 'm1', active: true, integrity: 'intact' as const, ingredients: [] };
  const credentials = (actions: { action: string }[]): ContradictionInput['credentials'] => ({
    presence: 'present',
    integrity: 'intact',
    activeManifest: 'm1',
    manifests: [{ ...manifest, actions }],
  });
  const edited = credentials([{ action: 'c2pa.edited' }]);
  const declared = (origin: Declared['origin']): Declared => ({
    origin,
    backing: 'valid',
    where: 'this',
    editedAfterCapture: false,
  });

  it('is shown with what could join them', () => {
    const [one] = found([intact, label], { credentials: edited });
    expect(one?.between.map(({ id }) => id)).toEqual(['c2pa.integrity.intact', 'gb45438.label.generated']);
    expect(one && translatorFor('en').translate(one.statement)).toMatch(
      /do not mention AI\. Both can hold where/,
    );
    expect(one?.kind).toBe('differs');
  });

  it.each([
    ['no actions are listed', [intact, label], { credentials: credentials([]) }],
    [
      'the file changed since',
      [intact, label],
      { credentials: { ...edited, integrity: 'altered' as const } },
    ],
    ['the manifest says AI', [intact, label], { credentials: edited, declared: declared('ai-edited') }],
    ['a declaration says AI', [intact, label, signal('c2pa.declaration.suno')], { credentials: edited }],
    ['only a trace speaks', [intact, trace], { credentials: edited }],
  ])('is not shown where %s', (_name, signals, over) => {
    expect(found(signals, over)).toEqual([]);
  });
});

describe('dates and sizes', () => {
  it('stand between their two places, and say nothing of the origin', () => {
    const basis = [
      { carrier: 'exif' as const, locator: 'Exif DateTimeOriginal' },
      { carrier: 'exif' as const, locator: 'IFD0 ModifyDate' },
    ];
    const [one] = found([signal('file.dates.outOfOrder', { basis })]);
    expect(one).toMatchObject({ kind: 'aside', between: [{ basis: [basis[0]] }, { basis: [basis[1]] }] });
  });

  it('are no contradiction with one place only', () => {
    expect(found([signal('file.dates.impossible')])).toEqual([]);
  });

  it('are none where a size stays behind from before a crop', () => {
    const basis = [
      { carrier: 'exif' as const, locator: 'Exif PixelXDimension' },
      { carrier: 'streams' as const, locator: 'picture size' },
    ];
    expect(found([signal('file.sizesDiffer', { basis })])).toEqual([]);
  });
});

it('is bounded and says nothing twice', () => {
  const many = Array.from({ length: 40 }, (_, at) =>
    signal('generator.a1111', { backing: 'inferred', basis: [{ carrier: 'pngText', locator: `${at}` }] }),
  );
  expect(found([camera, ...many])).toHaveLength(limits.contradictions);
  expect(found([camera, trace, trace])).toHaveLength(1);
});
