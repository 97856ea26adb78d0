import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, fixtureFiles } from '../../../fixtures/build/expected.js';
import { REFERENCED_SCHEMAS, toStoredSchema } from '../../../src/base/message-schema.js';
import { DETECTORS } from '../../../src/core/detectors/index.js';
import { NAME_DETECTORS, nameSignalOrder } from '../../../src/core/detectors/name-detectors.js';
import { haveSameNameSignals } from '../../../src/core/detectors/name-signals.js';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import type { UploadDescription } from '../../../src/core/media/upload-description.js';
import { type RenameData, renameReport, withEvidenceName } from '../../../src/core/pipeline/rename.js';
import type { EvidenceView } from '../../../src/core/report/evidence-view.js';
import { ReportSchema, type StoredReport } from '../../../src/core/report/report.js';
import { SIGNAL_IDS, type SignalId } from '../../../src/core/report/signal.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { anyCharacter } from '../../support/any-character.js';
import { share } from '../../support/whole.js';

const SLOW = { timeout: 600_000 };
/** Compiled, because hundreds of Reports are checked against it. */
const isReport = Compile(REFERENCED_SCHEMAS, toStoredSchema(ReportSchema));
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

/** A word that no file contains. */
const FIRST = 'zqfirst';
/** Each leaves a trace: as a signal, in the sentence or as a member. */
const FIRST_NAMES: UploadDescription[] = [
  { name: `${FIRST}.png` },
  { name: `${FIRST}.mp4` },
  { name: `IMG-20260503-WA0001 ${FIRST}.jpg` },
  { name: `Screenshot_20260503 ${FIRST}.jpg`, declaredMediaType: 'audio/wav' },
  { name: `${FIRST}.jpg`, servedBy: { host: `${FIRST}.example`, at: '2026-11-29T10:00:00Z' } },
  { name: `mmexport1777803630000${FIRST}`, declaredMediaType: `${FIRST}/type` },
];
const NAMES: UploadDescription[] = [
  { name: 'a.jpg' },
  { name: 'a.png', declaredMediaType: 'IMAGE/JPG; q=1' },
  { name: 'IMG-20260503-WA0001.jpg' },
  { name: 'b.jpg', servedBy: { host: 'cdn.example:8443', at: '2026-11-29T10:00:00Z' } },
  { name: 'GabcDEF1234_-xy.jpg' },
  { name: 'Screen Shot 2026-05-03.png', declaredMediaType: 'image/png' },
  { name: '\u202egnp.exe\u0000\u0007\u2066.mp3' },
  { name: `${'長'.repeat(300)}.jpg` },
  { name: '', declaredMediaType: `${'x'.repeat(200)}/<script>` },
  { name: '__proto__', declaredMediaType: '' },
];

interface Read {
  report: StoredReport;
  sheet?: EvidenceView;
  naming?: RenameData;
}

async function read(path: string, said: UploadDescription): Promise<Read> {
  const beside: Omit<Read, 'report'> = {};
  const report = await inspector.inspect(
    { path, ...said, asOf: AS_OF, engine: 'auto', rulebooks: ['all'] },
    {
      onEvidence: (sheet) => {
        beside.sheet = sheet;
      },
      onNaming: (naming) => {
        beside.naming = naming;
      },
    },
  );
  return { report, ...beside };
}

const law = resolveLaw({ rulebooks: ['all'] });
function under({ report, naming }: Read, said: UploadDescription): StoredReport {
  if (naming === undefined) throw new Error('no Report comes without');
  return renameReport(report, JSON.parse(JSON.stringify(naming)), said, law);
}

describe('a file that was read under one name', () => {
  const files = fixtureFiles().filter(({ deep }) => !deep);

  it('is said under another as if it had been read under that, to the letter', SLOW, async () => {
    expect(files.length).toBeGreaterThan(300);
    await Promise.all(
      share(files, 8).map(async ({ path }, at) => {
        const said = NAMES[at % NAMES.length] as UploadDescription;
        const before = await read(path, FIRST_NAMES[at % FIRST_NAMES.length] as UploadDescription);
        const anew = await read(path, said);
        const report = under(before, said);
        expect(JSON.stringify(before.report), path).toContain(FIRST);
        expect(JSON.stringify(report), path).toBe(JSON.stringify(anew.report));
        expect(before.sheet && withEvidenceName(before.sheet, said), path).toEqual(anew.sheet);
        expect(JSON.stringify(report), path).not.toContain(FIRST);
      }),
    );
  });
});

describe('a name', () => {
  const some = ['plain/', 'c2pa/jpeg-c2pa-trained', 'labels/jpeg-', 'mismatch/', 'hostile/png-hostile-text'];
  let reads: Read[] = [];
  beforeAll(async () => {
    const chosen = fixtureFiles().filter(({ path }) => some.some((one) => path.includes(`/${one}`)));
    reads = await Promise.all(chosen.map(({ path, name }) => read(path, { name })));
  }, 120_000);

  const anyName = fc.oneof(
    fc.constantFrom(...FIRST_NAMES, ...NAMES),
    fc.record(
      {
        name: fc.string({ unit: anyCharacter, maxLength: 300 }),
        declaredMediaType: fc.oneof(
          fc.constantFrom('image/jpeg', 'video/mp4', 'IMAGE/PNG'),
          fc.string({ unit: anyCharacter, maxLength: 150 }),
        ),
      },
      { requiredKeys: ['name'] },
    ),
  );

  it('takes all of the one before away with it, whatever they are', SLOW, () => {
    expect(reads.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.constantFrom(...reads), anyName, anyName, (first, one, other) => {
        const between = { ...first, report: under(first, one) };
        expect(isReport.Check(between.report)).toBe(true);
        expect(JSON.stringify(under(between, other))).toBe(JSON.stringify(under(first, other)));
        const { name } = first.report.asset;
        expect(JSON.stringify(under(between, { name }))).toBe(JSON.stringify(first.report));
      }),
      { numRuns: 300 },
    );
  });

  it('that says the same as another gives the same Report, but for itself', SLOW, () => {
    const same = { equal: 0, other: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...reads), anyName, anyName, (first, one, other) => {
        if (!haveSameNameSignals(one, other, first.report.asset)) {
          same.other += 1;
          return;
        }
        same.equal += 1;
        const [a, b] = [under(first, one), under(first, other)];
        const { servedBy: _, ...nameless } = { ...a.asset, name: '' };
        const { servedBy: __, ...otherwise } = { ...b.asset, name: '' };
        expect({ ...a, asset: nameless }).toEqual({ ...b, asset: otherwise });
      }),
      { numRuns: 900 },
    );
    expect(Math.min(same.equal, same.other)).toBeGreaterThan(20);
  });
});

it('what stands beside the signals that names raise is what the whole list of detectors says', () => {
  expect(NAME_DETECTORS).toEqual(DETECTORS.filter(({ detectName: ofName }) => ofName !== undefined));
  const places = new Map(DETECTORS.flatMap(({ raises }, at) => raises.map((id) => [id, at] as const)));
  const placeOf = (id: SignalId) => places.get(id) ?? DETECTORS.length;
  for (const raised of NAME_DETECTORS.flatMap(({ raises }) => raises)) {
    const behind = (order: (id: SignalId) => number) => SIGNAL_IDS.filter((id) => order(id) > order(raised));
    expect(behind(nameSignalOrder), raised).toEqual(behind(placeOf));
  }
});
