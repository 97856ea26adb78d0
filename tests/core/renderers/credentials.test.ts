import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../src/core/renderers/html/html.js';
import { renderText } from '../../../src/core/renderers/text/text.js';
import type { ContentCredentials, StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { chain, listed, marked } from './credentials-literal.js';
import { reportOf, signed } from './report-literal.js';

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
    expect(checks).toContain('Credentials ● present; the file has not changed since signing');
    expect(checks).toContain('issued by “Google LLC”, on the C2PA official list (list of 5 Aug 2026)');
    expect(checks).toContain('product “Pixel Camera”, on the C2PA list of conforming products');
    expect(checks).toContain('that list does not let this product claim: “capturedMedia”');
    expect(checks).toContain('credentials written by “Pixel Camera 9”');
    expect(checks).toContain('signed on 3 May 2026, 10:00:00 UTC (proven by a timestamp)');
    expect(checks).toContain('they came from a separate file that was given with this one');
    expect(checks).toContain('two engines that read them gave different answers');
  });

  it.each(['unlisted', 'not-checked'] as const)(
    'says of a signer that is %s only that it is named',
    (trust) => {
      const { checks } = page({ ...listed, signer: { name: 'Google LLC', trust } });
      expect(checks).toContain('signer named in the credentials: “Google LLC”, ');
      expect(checks).not.toContain('issued by');
    },
  );

  it('says nothing of a signer without a name but where it stands', () => {
    expect(page({ ...listed, signer: { trust: 'private' } }).checks).toContain(
      'signer without a name, on a private list installed here',
    );
  });

  it('states no product, generator or date of a file that changed since', () => {
    const manifests = listed.manifests?.map((one) => ({ ...one, integrity: 'altered' as const })) ?? [];
    const { checks, history } = page({ ...listed, integrity: 'altered', manifests });
    expect(checks).toContain('signer named in the credentials: “Google LLC”');
    expect(checks).not.toMatch(/issued by|product|made with|signed on/);
    expect(history).toMatch(/^The credentials do not match this file\. .* describing it\. active manifest:/);
    expect(history).toContain(
      '“harbour.png”: the file is not as it was signed signer named in the credentials',
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
    expect(checks).toContain(
      'issued by “Adobe”, on the interim list (frozen 1 Jan 2026) credentials written by',
    );
    expect(checks).toContain('it is a composite that may hold elements made by AI (signed; no list');
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
      'earlier version (parentOf) “older.png”: it does not match its own credentials',
    );
    expect(history).toContain(
      'input to what made it (inputTo) “prompt.txt” “text/plain” (no credentials of its own)',
    );
    expect(history).toContain('“nextTo” “gone.png” (its credentials are named, but are not in this file)');
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
    expect(history).toContain(
      'a timestamp is attached, which is not taken as proof here: 2 Jan 2025, 03:04:05 UTC',
    );
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
      'kept in the manifest “urn:c2pa:gone”, the signature was there by then, and may be older',
    );
    expect(own).toContain('signed no later than 3 May 2026, 10:00:00 UTC');
  });

  it('tells actions and source types in words, and unknown ones as written', () => {
    expect(history).toContain(
      'edited (c2pa.edited) · states that it was edited with generative AI (compositeWithTrainedAlgorithmicMedia) · “Magic Editor” · claimed: 3 May 2026, 09:58:00 UTC',
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
    [{ action: 'c2pa.redacted' }, 'Removed by the signer: what it was is not named'],
  ])('says what is known of a redaction that the claim does not name: %j', (action, said) => {
    const [first] = chain(1).manifests ?? [];
    const manifests = first ? [{ ...first, actions: [action] }] : [];
    expect(page({ ...chain(1), manifests }).history).toContain(said);
  });

  it('says that an update manifest changes no content', () => {
    expect(history).toContain('an update manifest: it changes no content');
  });
});

describe('long chains', () => {
  const html = (length: number): string => renderHtml(reportOf({ contentCredentials: chain(length) }));

  it('are shown in full up to four', () => {
    expect(html(4)).not.toContain('<details class="between">');
  });

  it('of more are folded in the middle, with nothing left out', () => {
    const folded = html(9);
    expect(folded).toContain('<summary>7 steps between, each made from the next</summary>');
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
      'Proven 3 May 2026, 10:00:00 UTC (timestamp by “Google C2PA TSA”, on the C2PA official list: C2PA TSA list of 2026-08-05)',
    );
    expect(times).toContain('Claimed 3 May 2026, 09:58:00 UTC (said by the signer, proven by nothing)');
    expect(times).toContain(
      'Certificate from 1 May 2026, 00:00:00 UTC until 1 Jun 2026, 00:00:00 UTC (valid on the proven date (3 May 2026))',
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
      /Attached, not proven 3 May 2026.*; so this time is not proven\) Proven by nothing Certificate/,
    );
  });

  it('tell that none is attached', () => {
    const none = { authorityTrust: 'not-checked', validity: 'unknown', revocation: 'not-checked' } as const;
    expect(page(withTime(none)).times).toContain('Proven by nothing (no timestamp is attached)');
    expect(page(withTime(none)).checks).toContain(
      'time claimed by the signer, proven by nothing: 3 May 2026, 09:58:00 UTC',
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
      'Signer’s certificate issued by “Google C2PA Mobile 1P ICA G3” common name “Pixel Camera” serial number “12…90 (20 digits)” from 1 May 2026, 00:00:00 UTC until 1 Jun 2026, 00:00:00 UTC list: C2PA official list, list of 5 Aug 2026 an issuer of the certificate is on that list',
    );
  });

  it('hold why a signer was not checked', () => {
    const { details: unchecked } = page({
      ...signed,
      signer: { name: 'N', trust: 'not-checked', trustReason: 'No list of signers is installed.' as never },
    });
    expect(unchecked).toContain('not checked, because: No list of signers is installed.');
  });

  it('hold the product record', () => {
    expect(details).toContain(
      'Product record “Pixel Camera” assurance level: “2” status: “conformant” that list does not let this product claim: “capturedMedia”',
    );
  });

  it('hold versions', () => {
    expect(details).toContain(
      '“urn:c2pa:new”: C2PA specification “2.2.0”; claim version 2; an update manifest: it changes no content; with a preview picture',
    );
  });

  it('state plainly what the signature does not cover', () => {
    expect(details).toContain(
      'Not covered by the signature The signature does not cover bytes 20 to 44,999, where the credentials themselves stand The signature does not cover “something else” The signature does not cover these boxes of the file: “/uuid”, “/ftyp” “urn:c2pa:old”: The signature does not cover bytes 2 to 1,001',
    );
  });

  it('hold faults of the bytes and the second engine’s answer', () => {
    expect(details).toContain(
      'Could not be read from the file’s bytes The claim of one manifest could not be read.',
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
