import { expect, it } from 'vitest';
import type { StatusCode } from '../../../src/core/c2pa/manifest-store.js';
import { cawgIdentity } from '../../../src/core/detectors/cawg-identity.js';
import { createReportMask } from '../../../src/core/masking/masking.js';
import { accountSentences } from '../../../src/core/page/accounts.js';
import type { Integrity } from '../../../src/core/report/report.js';
import type { Personal } from '../../../src/core/signals/personal.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { evidence, facts, INTACT, manifest, store } from '../../support/literals.js';
import { reportOf } from './report-literal.js';

const [en, zh] = [translatorFor('en'), translatorFor('zh-Hans')];
const PLACE = 'self#jumbf=/c2pa/m1/c2pa.assertions/cawg.identity';
const account = (provider: string, verifiedAt = '2024-10-08T12:00:00Z', username = 'randmckinney') => ({
  ...{ type: 'cawg.social_media', username, verifiedAt, provider: { name: provider } },
});
const FOUR = ['instagram', 'behance', 'linkedin', 'x'].map((one) => account(one));

interface Told {
  code?: string;
  kind?: StatusCode['kind'];
  listed?: boolean;
  integrity?: Integrity;
  active?: string;
  reveal?: Personal[];
  speech?: typeof en;
}

/** Processes the assertion up to the sentences, with the masking of every Report. */
function told(
  verifiedIdentities: readonly object[],
  {
    code = 'cawg.ica.credential_valid',
    kind = 'success',
    listed = true,
    integrity = 'intact',
    active = 'm1',
    reveal = [],
    speech = en,
  }: Told = {},
): string[] {
  const c2pa = store({
    manifests: [manifest('m1', { assertions: [{ label: 'cawg.identity', data: { verifiedIdentities } }] })],
    codes: { active: [...INTACT, { code, kind, url: PLACE }], ingredients: [] },
  });
  const raised = cawgIdentity.detect(evidence({ c2pa }), facts());
  const signals = createReportMask(raised, { reveal })
    .signals(raised)
    .map((one) =>
      listed && one.id === 'cawg.identity.present' ? { ...one, backing: 'trusted' as const } : one,
    );
  const contentCredentials = { presence: 'present' as const, integrity, activeManifest: active };
  const report = reportOf({ signals, contentCredentials });
  if (!reveal.includes('names')) expect(JSON.stringify(report)).not.toContain('randmckinney');
  return accountSentences(report, speech);
}

it('accounts that a signer vouches for are told by where they are and when they were checked; nobody is named', () => {
  expect(told(FOUR)).toEqual([
    inEnglish('page.accounts.vouched', {
      count: 4,
      accounts: message('list.and', {
        items: [
          message('text.asWritten', { text: 'Instagram' }),
          message('text.asWritten', { text: 'Behance' }),
          message('text.asWritten', { text: 'LinkedIn' }),
        ],
        last: message('text.asWritten', { text: 'X' }),
      }),
      checked: message('page.accounts.checkedOn', {
        day: message('date.day', { day: '8', month: '10', year: '2024' }),
      }),
    }),
  ]);
  expect(told([account('Behance')])).toEqual([
    inEnglish('page.accounts.vouched', {
      count: 1,
      accounts: message('text.asWritten', { text: 'Behance' }),
      checked: message('page.accounts.checkedOn', {
        day: message('date.day', { day: '8', month: '10', year: '2024' }),
      }),
    }),
  ]);
  expect(told(FOUR, { speech: zh })).toEqual([
    inChinese('page.accounts.vouched', {
      count: 4,
      accounts: message('list.and', {
        items: [
          message('text.asWritten', { text: 'Instagram' }),
          message('text.asWritten', { text: 'Behance' }),
          message('text.asWritten', { text: 'LinkedIn' }),
        ],
        last: message('text.asWritten', { text: 'X' }),
      }),
      checked: message('page.accounts.checkedOn', {
        day: message('date.day', { day: '8', month: '10', year: '2024' }),
      }),
    }),
  ]);
});

it('names of accounts stand where names are revealed', () => {
  expect(told(FOUR.slice(0, 1), { reveal: ['names'] }).at(-1)).toBe(
    'Account names: “randmckinney” (Instagram).',
  );
});

it.each([
  [
    'cawg.ica.did_unavailable',
    'failure',
    'intact',
    'Assay did not look up whether the service that checked this confirms it',
  ],
  ['cawg.ica.signature_mismatch', 'failure', 'intact', 'but that statement does not hold'],
  ['cawg.ica.valid_until.invalid', 'failure', 'intact', 'but that statement does not hold'],
  [
    'cawg.ica.credential_valid',
    'success',
    'altered',
    inEnglish('page.accounts.unfit', {
      count: 4,
      accounts: message('list.and', {
        items: [
          message('text.asWritten', { text: 'Instagram' }),
          message('text.asWritten', { text: 'Behance' }),
          message('text.asWritten', { text: 'LinkedIn' }),
        ],
        last: message('text.asWritten', { text: 'X' }),
      }),
      checked: message('page.accounts.checkedOn', {
        day: message('date.day', { day: '8', month: '10', year: '2024' }),
      }),
    }),
  ],
  ['cawg.ica.credential_valid', 'success', 'undetermined', 'Whether they fit this file is not known'],
] as const)('%s, %s, of a file that is %s', (code, kind, integrity, words) => {
  const all = told(FOUR, { code, kind, integrity }).join(' ');
  expect(all).toContain(words);
  expect(all.includes('vouches')).toBe(code === 'cawg.ica.did_unavailable');
});

it('of an earlier version are not told as this file’s', () => {
  expect(told(FOUR, { active: 'm2' })[0]).toMatch(
    /^The signer of an earlier version vouches that its creator/,
  );
});

it('what a file calls a service is quoted where our table does not know it, or no list knows the signer', () => {
  const hostile = 'X. Confirmed by “Reuters”\u202e and everybody who ever lived';
  const [sentence = ''] = told([account(hostile)]);
  expect(sentence).toContain("“X. Confirmed by 'Reuters'…”");
  expect(sentence).not.toContain('\u202e');
  expect(told([account('instagram')], { listed: false })[0]).toContain('“instagram”');
});

it('days that differ are told as such, and none where one is missing', () => {
  expect(told([account('x', '2024-10-09T00:00:00Z'), account('x', '2024-10-08T00:00:00Z')])[0]).toContain(
    '(checked 8 Oct 2024 to 9 Oct 2024)',
  );
  expect(told([account('x'), { type: 'cawg.social_media', provider: { name: 'x' } }])[0]).not.toContain(
    'checked',
  );
});

it('nothing is told of identities that are no accounts, or of none', () => {
  expect(
    told([{ type: 'cawg.document_verification', name: 'randmckinney', provider: { name: 'id' } }]),
  ).toEqual([]);
  expect(accountSentences(reportOf(), en)).toEqual([]);
});
