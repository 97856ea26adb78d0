import { describe, expect, it } from 'vitest';
import type { ContentCredentials, StoredReport } from '../../../src/core/report/report.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { chain, listed, marked } from './credentials-literal.js';
import { renderHtml, renderText } from './rendered.js';
import { oldTexts, reportOf, signed } from './report-literal.js';

const zh = translatorFor('zh-Hans');

type Page = Record<'checks' | 'history' | 'times' | 'details', string>;

/** Returns the sections of the terminal output, each on one line. */
function page(contentCredentials: ContentCredentials, more: Partial<StoredReport> = {}): Page {
  const text = renderText(reportOf({ contentCredentials, ...more }), { color: false, width: 200 });
  const section = (title: string): string =>
    (text.split(`\n\n${title}\n`)[1]?.split('\n\n')[0] ?? '').replace(/\s+/g, ' ').trim();
  return {
    checks: section('What we could check'),
    history: section('History'),
    times: section('Times'),
    details: section('Details'),
  };
}

const withTime = (time: NonNullable<ContentCredentials['time']>): ContentCredentials => ({ ...listed, time });

function timeOf({ time }: ContentCredentials): NonNullable<ContentCredentials['time']> {
  if (!time) throw new Error('the literal has no time');
  return time;
}

describe('the summary of Content Credentials', () => {
  it('names issuer, list with its date, product, generator and date', () => {
    const { checks } = page(listed);
    expect(checks).toContain(`Credentials ● present; ${inEnglish('page.integrity.intact')}`);
    expect(checks).toContain(
      `issued by Google LLC, ${inEnglish('page.trust.official')} (list of 5 Aug 2026)`,
    );
    expect(checks).toContain(`product “Pixel Camera”, ${inEnglish('page.credentials.productList')}`);
    expect(checks).toContain(`${inEnglish('page.credentials.disallowed')}: “capturedMedia”`);
    expect(checks).toContain('credentials written by “Pixel Camera 9”');
    expect(checks).toContain('signed on 3 May 2026, 10:00:00 UTC (proven by a timestamp)');
    expect(checks).toContain('they came from a separate file that was given with this one');
    expect(checks).toContain('two engines that read them gave different answers');
  });

  it.each(['unlisted', 'not-checked'] as const)(
    'says of a signer that is %s only that it is named',
    (trust) => {
      const { checks } = page({ ...listed, signer: { name: 'Google LLC', trust } });
      expect(checks).toContain(`${inEnglish('page.credentials.named')}“Google LLC”, `);
      expect(checks).not.toContain('issued by');
    },
  );

  it('says of a nameless signer only where it stands', () => {
    expect(page({ ...listed, signer: { trust: 'private' } }).checks).toContain(
      `signer without a name, ${inEnglish('page.trust.private')}`,
    );
  });

  it('states no product, generator or date of a file that changed since', () => {
    const manifests = listed.manifests?.map((one) => ({ ...one, integrity: 'altered' as const })) ?? [];
    const { checks, history } = page({ ...listed, integrity: 'altered', manifests });
    expect(checks).toContain(`${inEnglish('page.credentials.named')}“Google LLC”`);
    expect(checks).not.toMatch(/issued by|product|made with|signed on/);
    expect(history).toMatch(/^The credentials do not match this file\. .* describing it\. active manifest:/);
    expect(history).toContain(
      `“harbour.png”: ${inEnglish('page.integrity.altered')} signer named in the credentials`,
    );
  });

  it('keeps watermarks and identities apart from origin, and the rubric to the details', () => {
    const { checks, details } = page(listed, { signals: marked });
    expect(checks).toMatch(
      /an AI model that took part.*watermark is in the content.*not a statement of AI.*CAWG identity could not be checked.*about a person or a newsroom/,
    );
    expect(checks).not.toContain('rubric');
    expect(details).toContain('c2pa.inception.capturedMedia: signed; no list confirms the signer for');
  });

  it('gives the interim list one date, and a source type no places', () => {
    const signals: StoredReport['signals'] = (['composite', 'unrecognised'] as const).map((term) => ({
      id: `c2pa.digitalSourceType.${term}`,
      backing: 'valid',
      value: `http://example.org/${term}`,
      basis: [{ carrier: 'c2pa', locator: 'self#jumbf=x' }],
    }));
    const { checks } = page(
      { ...listed, signer: { name: 'Adobe', trust: 'interim', listDate: '2026-01-01' } },
      { signals },
    );
    expect(checks).toContain(`issued by Adobe, ${inEnglish('page.trust.interim')} credentials written by`);
    expect(checks).toContain(
      `${inEnglish('page.phrase.termMeans', { said: message('term.sourceType.composite') })} (signed; no list`,
    );
    expect(checks).toContain('shown as written (“http://example.org/unrecognised”; signed;');
    expect(checks).not.toContain('self#jumbf');
  });

  it('shows disagreeing engines where there are no credentials to show', () => {
    const disagree: StoredReport['signals'] = [
      { id: 'c2pa.engines.disagree', backing: 'inferred', basis: [{ carrier: 'c2pa', locator: 'p' }] },
    ];
    expect(page({ presence: 'remote' }, { signals: disagree }).checks).toContain(
      'two engines that read them',
    );
    expect(page({ presence: 'remote' }).checks).not.toContain('engines');
  });
});

describe('the history', () => {
  const { history } = page(listed);

  it('tells relationships in words, and what has no credentials or none in this file', () => {
    expect(history).toContain(
      `earlier version (parentOf) “older.png”: ${inEnglish('page.ingredientState.altered')}`,
    );
    expect(history).toContain(
      `${inEnglish('term.relationship.inputTo')} (inputTo) “prompt.txt” “text/plain” (${inEnglish('page.phrase.noOwnCredentials')})`,
    );
    expect(history).toContain(`“nextTo” “gone.png” (${inEnglish('page.credentials.missing')})`);
  });

  it('shows an ingredient’s fault at the ingredient, without trust and without those of others', () => {
    expect(history).toContain(
      'does not match its own credentials fault: “assertion.dataHash.mismatch” signer named',
    );
    expect(history.match(/fault:/g)).toHaveLength(1);
  });

  it('shows the causes that decided, though no list of codes holds them', () => {
    const altered = (label: string, value: string): StoredReport['signals'][number] => ({
      id: 'c2pa.ingredient.altered',
      backing: 'invalid',
      value,
      basis: [{ carrier: 'c2pa', locator: `self#jumbf=/c2pa/${label}` }],
    });
    const signals = [
      altered('urn:c2pa:old', 'claimSignature.mismatch'),
      altered('urn:c2pa:older', 'claim.missing'),
    ];
    expect(page(listed, { signals }).history.match(/fault: “[^”]*”/g)).toEqual([
      'fault: “claimSignature.mismatch”',
    ]);
  });

  it('never calls an ingredient’s timestamp proof', () => {
    expect(history).toContain(`${inEnglish('page.credentials.attachedTime')}: 2 Jan 2025, 03:04:05 UTC`);
    expect(history).toContain('signed on 3 May 2026, 10:00:00 UTC (proven by a timestamp)');
  });

  it('says "no later than" of a time that another manifest keeps, and which one keeps it', () => {
    const [active, old] = listed.manifests ?? [];
    if (!active || !old) throw new Error('the literal has no ingredient');
    const kept = { ...old, proven: '2025-01-02T03:04:05Z', provenIn: active.label };
    const credentials = { ...listed, manifests: [active, kept] };
    expect(page(credentials).history).toContain(
      'signed no later than 2 Jan 2025, 03:04:05 UTC (proven by a timestamp, kept in the manifest “harbour.png”)',
    );
    const chinese = renderText(reportOf({ contentCredentials: credentials }), { color: false }, zh);
    expect(chinese.replace(/\s+/g, '')).toContain('（有时间戳证明，存于清单：“harbour.png”）');
    const { times, history: own } = page(withTime({ ...timeOf(listed), timestampIn: 'urn:c2pa:gone' }));
    expect(times).toContain(
      `kept in the manifest “urn:c2pa:gone”, ${inEnglish('page.credentials.storedInNote')}`,
    );
    expect(own).toContain('signed no later than 3 May 2026, 10:00:00 UTC');
  });

  it('tells actions and source types in words, and unknown ones as written', () => {
    expect(history).toContain(
      `edited (c2pa.edited) · states that it ${inEnglish('term.sourceType.compositeWithTrainedAlgorithmicMedia')} (compositeWithTrainedAlgorithmicMedia) · “Magic Editor” · claimed: 3 May 2026, 09:58:00 UTC`,
    );
    expect(history).toContain('“org.example.polished” · “http://example.org/trainedAlgorithmicMedia”');
  });

  it('tells redactions as removals, not as edits', () => {
    expect(history).toContain(
      'Removed by the signer: camera data (EXIF), “self#jumbf=/c2pa/urn:c2pa:old/c2pa.assertions/stds.exif__1”',
    );
    expect(history).toContain(
      'Removed by the signer: “self#jumbf=/c2pa/urn:c2pa:old/c2pa.assertions/org.example.secret”',
    );
    expect(history).not.toContain('c2pa.redacted');
  });

  it.each([
    [{ action: 'c2pa.redacted', description: 'the place' }, 'Removed by the signer: “the place”'],
    [{ action: 'c2pa.redacted' }, `Removed by the signer: ${inEnglish('page.credentials.removedUnnamed')}`],
  ])('says what is known of a redaction that the claim does not name: %j', (action, said) => {
    const [first] = chain(1).manifests ?? [];
    const manifests = first ? [{ ...first, actions: [action] }] : [];
    expect(page({ ...chain(1), manifests }).history).toContain(said);
  });

  it('says that an update manifest changes no content', () => {
    expect(history).toContain(inEnglish('page.credentials.updateManifest'));
  });
});

describe('long chains', () => {
  const html = (length: number): string => renderHtml(reportOf({ contentCredentials: chain(length) }));

  it('are shown in full up to four', () => {
    expect(html(4)).not.toContain('<details class="between">');
  });

  it('of more are folded in the middle, with nothing left out', () => {
    const folded = html(9);
    expect(folded).toContain(`<summary>${inEnglish('page.credentials.between', { count: 7 })}</summary>`);
    const [before = '', inside = '', after = ''] = folded.split(
      /<details class="between">|<\/details><\/li>/,
    );
    expect(before).toContain('step-0');
    for (const at of [1, 2, 3, 4, 5, 6, 7]) expect(inside).toContain(`step-${at}<`);
    expect(after).toContain('start of this chain: earlier version (<code>parentOf</code>)');
    expect(after).toContain('step-8<');
  });

  it('fold nothing on a terminal', () => {
    const { history } = page(chain(9));
    for (let at = 0; at < 9; at += 1) expect(history).toContain(`“step-${at}”`);
  });

  it('are bounded', () => {
    expect(page(chain(60)).history).toMatch(/step-31.*… and 1 more/);
  });

  it('of a file that changed are folded whole', () => {
    const altered = renderHtml(reportOf({ contentCredentials: { ...chain(2), integrity: 'altered' } }));
    expect(altered).toMatch(
      /<h3>History<\/h3>\n<details class="unconfirmed">\n<summary>The credentials do not match/,
    );
  });
});

describe('times', () => {
  it('tell a proven one with its authority and list, and the certificate’s term', () => {
    const { times } = page(listed);
    expect(times).toContain(
      `Proven 3 May 2026, 10:00:00 UTC (timestamp by “Google C2PA TSA”, ${inEnglish('page.trust.official')}: C2PA TSA list of 2026-08-05)`,
    );
    expect(times).toContain(`Claimed 3 May 2026, 09:58:00 UTC (${inEnglish('page.phrase.claimedNote')})`);
    expect(times).toContain(
      `Certificate from 1 May 2026, 00:00:00 UTC until 1 Jun 2026, 00:00:00 UTC (${inEnglish('page.phrase.validOnProven', { day: message('date.day', { day: '3', month: '5', year: '2026' }) })})`,
    );
    expect(times).not.toContain('Attached');
  });

  it('tell an attached one that is not proven apart', () => {
    const { times } = page(
      withTime({
        timestamp: '2026-05-03T10:00:00Z',
        authorityTrust: 'unlisted',
        validity: 'inside',
        revocation: 'not-checked',
      }),
    );
    expect(times).toMatch(
      new RegExp(
        `Attached, not proven 3 May 2026.*; ${inEnglish('page.credentials.attachedNote')}\\) Proven by nothing Certificate`,
      ),
    );
  });

  it('tell that none is attached', () => {
    const none = { authorityTrust: 'not-checked', validity: 'unknown', revocation: 'not-checked' } as const;
    expect(page(withTime(none)).times).toContain('Proven by nothing (no timestamp is attached)');
    expect(page(withTime(none)).checks).toContain(
      `${inEnglish('page.credentials.claimedTime')}: 3 May 2026, 09:58:00 UTC`,
    );
  });

  it('show a time that is none as the file’s words', () => {
    const { times } = page(
      withTime({
        ...listed.time,
        proven: 'soon',
        authorityTrust: 'official',
        validity: 'inside',
        revocation: 'revoked',
      }),
    );
    expect(times).toContain('Proven “soon”');
  });
});

describe('the forensic details', () => {
  const { details } = page(listed);

  it('hold the certificate', () => {
    expect(details).toContain(
      `Signer’s certificate issued by “Google C2PA Mobile 1P ICA G3” common name “Pixel Camera” serial number “12…90 (20 digits)” from 1 May 2026, 00:00:00 UTC until 1 Jun 2026, 00:00:00 UTC list: C2PA official list, list of 5 Aug 2026 ${inEnglish('page.through.anchor')}`,
    );
  });

  it('hold why a signer was not checked', () => {
    const { details: unchecked } = page({
      ...signed,
      signer: { name: 'N', trust: 'not-checked', ...oldTexts({ trustReason: 'A reason.' }) },
    });
    expect(unchecked).toContain('not checked, because: A reason.');
  });

  it('hold the product record', () => {
    expect(details).toContain(
      `Product record “Pixel Camera” assurance level: “2” status: “conformant” ${inEnglish('page.credentials.disallowed')}: “capturedMedia”`,
    );
  });

  it('hold versions', () => {
    expect(details).toContain(
      `“urn:c2pa:new”: C2PA specification “2.2.0”; claim version 2; ${inEnglish('page.credentials.updateManifest')}; with a preview picture`,
    );
  });

  it('state plainly what the signature does not cover', () => {
    expect(details).toContain(
      `${inEnglish('page.credentials.notCovered')} ${inEnglish('page.uncoveredBytes.credentials', { first: 20, last: 44999 })} ${inEnglish('page.credentials.uncovered')}“something else” ${inEnglish('page.credentials.uncoveredBoxes')}: “/uuid”, “/ftyp” “urn:c2pa:old”: ${inEnglish('page.uncoveredBytes.unknown', { first: 2, last: 1001 })}`,
    );
  });

  it('hold faults of the bytes and the second engine’s answer', () => {
    expect(details).toContain(
      `${inEnglish('page.credentials.bytesFault')} The claim of one manifest could not be read.`,
    );
    expect(details).toContain(
      'Second engine C2PA wasm 0.13.3 (c2pa-rs 0.91.0): a different answer only the first engine: “signingCredential.trusted” only the second engine: “assertion.dataHash.mismatch” “neither”',
    );
  });

  it('say that two engines agree', () => {
    const { details: agreed, checks } = page({
      ...listed,
      secondOpinion: { engine: { name: 'wasm', version: '1', sdk: 's' }, agrees: true, differences: [] },
    });
    expect(agreed).toContain('Second engine C2PA wasm 1 (s): the same answer');
    expect(checks).not.toContain('different answers');
  });

  it('bound ranges and boxes', () => {
    const uncovered = Array.from({ length: 64 }, (_, at) =>
      at % 2 ? `box /b${at}` : `bytes ${at} to ${at}`,
    );
    const [first] = chain(1).manifests ?? [];
    const manifests = first ? [{ ...first, uncovered }] : [];
    const { details: many } = page({ ...chain(1), manifests });
    expect(many.match(/does not cover bytes/g)).toHaveLength(16);
    expect(many).toContain('… and 16 more');
  });
});
