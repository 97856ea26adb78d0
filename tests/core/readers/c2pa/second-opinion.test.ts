import { describe, expect, it } from 'vitest';
import { engineFault, faultMessage } from '../../../../src/base/fault.js';
import type { EngineDifference } from '../../../../src/core/c2pa/engine-difference.js';
import type { C2paEvidence } from '../../../../src/core/c2pa/manifest-store.js';
import { buildContentCredentials } from '../../../../src/core/credentials/credentials.js';
import { enginesDisagree } from '../../../../src/core/detectors/engines-disagree.js';
import type { Read } from '../../../../src/core/media/carrier.js';
import { combineOpinions } from '../../../../src/core/readers/c2pa/second-opinion.js';
import { message } from '../../../../src/i18n/message.js';
import { inEnglish } from '../../../i18n/english.js';
import { noteText } from '../../../support/fault-text.js';
import { evidence, facts, failure, INTACT, store, success } from '../../../support/literals.js';
import { toldSignals } from '../../../support/localized.js';

const wasm = { name: 'wasm', version: '0', sdk: 'c2pa-rs 1' } as const;
const found = (value: C2paEvidence): Read<C2paEvidence> => ({ status: 'found', value });
const native = found(store());
const answered = (...codes: typeof INTACT) =>
  found(store({ engine: wasm, codes: { active: codes, ingredients: [] } }));
const malformed = {
  status: 'malformed',
  ...engineFault('JumbfParseError', { error: 'JumbfParseError' }),
} as const;
const OTHER_HASH: EngineDifference[] = [
  { by: 'second', code: 'assertion.dataHash.mismatch' },
  { by: 'first', code: 'assertion.dataHash.match' },
];
const opinion = (read: Read<C2paEvidence>) => ('value' in read ? read.value?.secondOpinion : undefined);

describe('the second opinion', () => {
  it('agrees where presence and codes are the same, in whatever order and number', () => {
    expect(opinion(combineOpinions(native, answered(...INTACT, ...INTACT)))).toMatchObject({
      engine: { name: 'wasm' },
      agrees: true,
      differences: [],
    });
  });

  it.each([
    failure('signingCredential.untrusted'),
    success('signingCredential.trusted'),
    failure('timeStamp.untrusted'),
    success('timeStamp.trusted'),
    { code: 'signingCredential.ocsp.skipped', kind: 'informational' } as const,
    success('cawg.ica.credential_valid'),
    { code: 'assertion.cbor.invalid', kind: 'failure', url: 'self#jumbf=/c2pa/m1/cawg.identity' } as const,
  ])('leaves out what says nothing of the file or is not used: $code', (code) => {
    expect(opinion(combineOpinions(native, answered(...INTACT, code)))?.agrees).toBe(true);
  });

  it('names what only one of them gave', () => {
    const other = [...INTACT.slice(0, -1), failure('assertion.dataHash.mismatch')];
    expect(opinion(combineOpinions(native, answered(...other)))).toMatchObject({
      agrees: false,
      differences: OTHER_HASH,
    });
  });

  it('tells codes of ingredients from those of the active manifest', () => {
    const ingredients = [failure('claimSignature.mismatch', 'm2')];
    const other = found(store({ engine: wasm, codes: { active: INTACT, ingredients } }));
    expect(opinion(combineOpinions(native, other))?.differences).toEqual([
      { by: 'second', code: 'claimSignature.mismatch', of: 'ingredient' },
    ]);
  });

  it('stands in a Report as words with a sign, and an ingredient beside them', () => {
    const listed = (differences: EngineDifference[]) =>
      buildContentCredentials(found(store({ secondOpinion: { engine: wasm, agrees: false, differences } })))
        .secondOpinion?.differences;
    expect(listed([...OTHER_HASH, { by: 'first', code: 'claim.missing', of: 'ingredient' }])).toEqual([
      '+assertion.dataHash.mismatch',
      '-assertion.dataHash.match',
      '-claim.missing (ingredient)',
    ]);
    expect(
      listed([
        { by: 'first', presence: 'present' },
        { by: 'second', presence: 'absent' },
      ]),
    ).toEqual(['-present', '+absent']);
  });

  it('is that of the native engine where only the other found a store: it is not absent then', () => {
    const read = combineOpinions({ status: 'absent' }, answered(...INTACT));
    expect(read).toMatchObject({ status: 'found', value: { engine: wasm } });
    expect(opinion(read)).toMatchObject({
      engine: { name: 'native' },
      agrees: false,
      differences: [
        { by: 'first', presence: 'present' },
        { by: 'second', presence: 'absent' },
      ],
    });
  });

  it('is kept where one found only a pointer', () => {
    const remote = found({ kind: 'remote', engine: wasm, remoteUrl: 'https://example.org/' });
    expect(opinion(combineOpinions({ status: 'absent' }, remote))?.differences).toEqual([
      { by: 'first', presence: 'remote' },
      { by: 'second', presence: 'absent' },
    ]);
  });

  it('is missing, and said to be, where the other engine failed or does not know the format', () => {
    const failed = engineFault('IoError', { error: 'IoError' });
    for (const status of ['failed', 'unsupported'] as const) {
      expect(combineOpinions(native, { status, ...failed })).toEqual({
        ...native,
        notes: [message('note.engineGaveNone', { engine: 'wasm', why: faultMessage(failed) })],
      });
    }
  });

  it('never makes “absent” of a file that one of them could not read', () => {
    for (const [one, two] of [
      [{ status: 'absent' }, malformed],
      [malformed, { status: 'absent' }],
    ] as const) {
      const read = combineOpinions(one, two);
      expect(read.status).toBe('malformed');
      const absent = (['native', 'wasm'] as const).map((engine) =>
        inEnglish('note.enginePresence', { engine, presence: 'absent' }),
      );
      expect(absent.some((note) => noteText(read).includes(note))).toBe(true);
    }
  });

  it('adds no words where both could not read it', () => {
    expect(
      combineOpinions(malformed, { ...malformed, ...engineFault('Otherwise', { error: 'Otherwise' }) }),
    ).toEqual(malformed);
  });
});

describe('c2pa.engines.disagree', () => {
  const detect = (value: C2paEvidence) => enginesDisagree.detect(evidence({ c2pa: value }), facts());

  it('is raised with what each side alone said', () => {
    const [signal, ...others] = detect(
      store({ secondOpinion: { engine: wasm, agrees: false, differences: OTHER_HASH } }),
    );
    expect(others).toEqual([]);
    expect(toldSignals(signal === undefined ? [] : [signal])[0]).toEqual({
      id: 'c2pa.engines.disagree',
      backing: 'inferred',
      value:
        'only native (c2pa-rs 0): assertion.dataHash.match; only wasm (c2pa-rs 1): assertion.dataHash.mismatch',
      basis: [{ carrier: 'c2pa', locator: 'self#jumbf=/c2pa/m1' }],
    });
  });

  it('is not raised where they agree or only one was asked', () => {
    expect(detect(store({ secondOpinion: { engine: wasm, agrees: true, differences: [] } }))).toEqual([]);
    expect(detect(store())).toEqual([]);
  });
});
