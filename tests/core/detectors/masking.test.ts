import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { addFindings } from '../../../src/core/law/findings.js';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { maskCrJson } from '../../../src/core/masking/mask-cr-json.js';
import { createReportMask } from '../../../src/core/masking/masking.js';
import { createTextMask } from '../../../src/core/masking/personal-text.js';
import { conclude } from '../../../src/core/pipeline/analyze.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { MASKED } from '../../../src/core/signals/mask-words.js';
import { PERSONAL, type Personal } from '../../../src/core/signals/personal.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { message } from '../../../src/i18n/message.js';
import { action, CAPTURE, evidence, facts, manifest, store } from '../../support/literals.js';
import { told } from '../../support/localized.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';
import { renderHtml, renderText } from '../renderers/rendered.js';
import { reportOf } from '../renderers/report-literal.js';

const NONE = { location: [], serial: [], names: [] };
const mask = (text: string, reveal: readonly Personal[] = []) => createTextMask(reveal, NONE)(text);

describe('words that a field says are somebody’s, elsewhere in the file', () => {
  const names = (...literals: string[]) => createTextMask([], { ...NONE, names: literals });

  it.each([
    ['Jane Kiss', 'by JANE KISS, 2026', 'by [name: masked], 2026'],
    ['Jane Kiss', 'by jane \u212aiss, 2026', 'by [name: masked], 2026'],
    ['Jane Kiss', 'by Jane Ki\u017fs, 2026', 'by [name: masked], 2026'],
    ['Jane \u212aiss', 'by jane kiss, 2026', 'by [name: masked], 2026'],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ drew it', '[name: masked] drew it'],
    // Without a language, Unicode does not treat Turkish İ as an I.
    ['İnci Ay', 'inci ay', 'inci ay'],
    ['İnci Ay', 'İNCI AY', '[name: masked]'],
    ['Jane', 'Janette and Jané', 'Janette and Jané'],
  ])('%s in %s', (literal, text, masked) => expect(names(literal)(text)).toBe(masked));

  it('are found wherever a pattern without regard to case finds them', () => {
    const letters = fc.array(fc.constantFrom(...'ksiKSI\u017f\u212aİıß\u1e9eσςΣ -é'), {
      minLength: 4,
      maxLength: 9,
    });
    fc.assert(
      fc.property(letters, letters, letters, (literal, before, other) => {
        const word = literal.join('').trim();
        fc.pre(word.length >= 4);
        const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${word})(?![\\p{L}\\p{N}])`, 'giu');
        for (const text of [`${before.join('')} ${word.toUpperCase()}`, other.join('')])
          expect(names(word)(text)).toBe(text.replace(pattern, MASKED.names));
      }),
    );
  });
});

describe('a text that has nothing of any form in it', () => {
  it('is the same whether it is looked at once or for each form', () => {
    const pieces = fc.constantFrom(
      ...[
        'serial',
        'S/N ',
        'SERIAL No: ',
        'tel:',
        'Phone ',
        '手机',
        'lat=',
        'geo:',
        ...[
          'lat=5.25',
          'LON: 13.405',
          'tel:+12345678',
          'Phone: 5551234567',
          '手机：13812345678',
          's/n A1234',
        ],
        ...['serial: 12345', '/home/jane/', 'a@b.example', 'geo:52.5200,13.4050', '555-123-4567'],
        ':urn:c2pa:',
        'urn:c2pa:',
        'Users',
      ],
      ...[
        '+',
        '-',
        '.',
        ',',
        '°',
        '′',
        ' ',
        '1',
        '12',
        '1234',
        '(',
        ')',
        '/',
        '\\',
        '@',
        ':',
        '://',
        '…',
        'a',
        'É',
        '"',
      ],
    );
    // Text with everything that any form requires, so that each form is searched for, including around non-ASCII words.
    const behind =
      '\n| serial s/n :urn: urn:c2pa: :// @ tel: phone + - . , ° lat lon lng users home documents and settings |';
    const byAll = createTextMask([], { ...NONE, names: ['nö such word'] });
    const byEach = (text: string) => byAll(text + behind).slice(0, -behind.length);
    expect(byAll(behind)).toBe(behind);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        expect(mask(text)).toBe(byEach(text));
      }),
      { numRuns: 4_000 },
    );
  });
});

describe('what leads to a person inside a text', () => {
  it.each([
    ['write to jane.doe@example.org, please', 'write to [e-mail: masked], please'],
    ['cut off at jane.doe@exam…', 'cut off at [e-mail: masked]'],
    ['https://jane:secret@example.org/a.c2pa', 'https://[account: masked]@example.org/a.c2pa'],
    ['C:\\Users\\Jane Doe\\models\\a.safetensors', 'C:\\Users\\[name: masked]\\models\\a.safetensors'],
    ['{"path":"C:\\\\Users\\\\jane\\\\a"}', '{"path":"C:\\\\Users\\\\[name: masked]\\\\a"}'],
    ['/home/jane/ComfyUI/out.png', '/home/[name: masked]/ComfyUI/out.png'],
    ['file:///Users/jane', 'file:///Users/[name: masked]'],
    ['call +49 171 1234567 now', 'call [phone number: masked] now'],
    ['phone: 0171 2345678', 'phone: [phone number: masked]'],
    ['(212) 555-0123', '[phone number: masked]'],
    [
      'M11-P/2.0.2 (Serial: 123) lc_c2pa/v1.6.1',
      'M11-P/2.0.2 (Serial: [serial number: masked]) lc_c2pa/v1.6.1',
    ],
    ['"BodySerialNumber": "AB12345"', '"BodySerialNumber": "[serial number: masked]"'],
    [
      'self#jumbf=/c2pa/5512345:urn:uuid:0b9a1c/c2pa.claim',
      'self#jumbf=/c2pa/[serial number: masked]:urn:uuid:0b9a1c/c2pa.claim',
    ],
    ['+52.5200+013.4050+034.000/', '[location: masked]'],
    ['GPS latitude: 52.52001', 'GPS latitude: [location: masked]'],
    ['52° 31\' 12.0" N', '[location: masked]'],
  ])('%s', (text, shown) => {
    expect(mask(text)).toBe(shown);
    expect(mask(mask(text))).toBe(shown);
  });

  it.each([
    'a cat, (masterpiece:1.2), 8k, <lora:detail:0.8>',
    'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 3412345678, Size: 512x512',
    'contentauth:urn:uuid:0b9a1c7e-1111-4222-8333-444455556666',
    'urn:c2pa:31b0870e-05b6-4370-a232-80467b59b573:acme:2_1',
    '2026-05-03T10:20:30+02:00',
    'bytes 100000 to 2345678',
    'Adobe Photoshop 26.1 (Windows)',
    'self#jumbf=/c2pa/m1/c2pa.assertions/c2pa.actions.v2#actions[0]',
  ])('leaves alone: %s', (text) => expect(mask(text)).toBe(text));

  it('shows what was asked for and nothing else', () => {
    const text = 'jane@example.org, Serial: 77777, +52.5200+013.4050/';
    expect(mask(text, ['serial'])).toBe('[e-mail: masked], Serial: 77777, [location: masked]');
    expect(mask(text, PERSONAL)).toBe(text);
  });

  it('ends on long and hostile text', async () => {
    for (const part of ['a', '+1 ', '/home/', '12345', 'a.', '@', 'serial:', '(1', '-1.1,']) {
      const text = part.repeat(200_000);
      expect(await processorMillis(() => mask(text)), part).toBeLessThan(SOON_MILLIS);
    }
  });
});

/** Words that do not occur elsewhere on a page. */
const word = fc.stringMatching(/^Zq[a-z]{6,12}$/);
const serial = fc.stringMatching(/^ZQ[0-9]{8,14}$/);
const pages = (report: StoredReport) =>
  [JSON.stringify(report), renderText(report, { color: false }), renderHtml(report)].join('\n');
const flat = (page: string) => page.replace(/\s+/g, '');

describe('what a fact holds back stands nowhere', () => {
  const signal = (value: string, personal: Personal, text: string): Signal => ({
    id: 'camera.exif',
    backing: 'inferred',
    value: `Model ${text}`,
    facts: [
      { name: 'hidden', value, personal },
      { name: 'prompt', value: `before ${text}, after` },
    ],
    basis: [{ carrier: 'exif', locator: `IFD0 ${text}` }],
  });

  it('in JSON, text or HTML, but the page says that it is there', () => {
    fc.assert(
      fc.property(word, fc.constantFrom(...PERSONAL), (value, personal) => {
        const signals = [signal(value, personal, value)];
        const report = reportOf({ signals: createReportMask(signals).signals(signals) });
        const shown = pages(report);
        expect(flat(shown).toLowerCase()).not.toContain(value.toLowerCase());
        expect(renderText(report, { color: false })).toContain(MASKED[personal]);
        expect(renderHtml(report)).toContain(MASKED[personal]);
      }),
      { numRuns: 60 },
    );
  });

  it('whatever characters it is made of', () => {
    for (const value of ['Zq-name (x) [y] {z} ^$.*+?|/\\', '山田太郎', 'Zqé “ü” — o’n']) {
      const signals = [signal(value, 'names', value)];
      expect(JSON.stringify(createReportMask(signals).signals(signals))).not.toContain(
        JSON.stringify(value).slice(1, -1),
      );
    }
  });

  it('and is shown whole where its kind is asked for', () => {
    const signals = [signal('Zqname', 'names', 'other')];
    expect(createReportMask(signals, { reveal: ['names'] }).signals(signals)).toEqual(signals);
    expect(
      createReportMask(signals, { reveal: ['serial', 'location'] }).signals(signals)[0]?.facts?.[0],
    ).toEqual({
      name: 'hidden',
      personal: 'names',
    });
  });
});

describe('what is said in ids and params', () => {
  const NAME = 'Zqname Zqother';
  const words = `no file /home/zqhome/a.png of ${NAME}, zq@example.org`;
  const LEAK = /zqname|zqother|zqhome|zq@/i;
  const author = manifest('m1', {
    assertions: [
      { label: 'stds.schema-org.CreativeWork', data: { author: [{ '@type': 'Person', name: NAME }] } },
    ],
  });
  const read = (reveal?: readonly Personal[]) =>
    conclude(
      facts(),
      {
        ...evidence({ c2pa: store({ manifests: [author] }) }),
        c2pa: {
          status: 'found',
          value: store({ manifests: [author] }),
          notes: [message('note.engineWords', { words })],
        },
        xmp: { status: 'failed', ...fault('reader.error', { words }) },
      },
      { asOf: '2026-11-25', ...(reveal ? { reveal } : {}) },
    );

  it('holds nothing in its params that is masked, of a fault, of a note and of what lists them again', () => {
    const report = addFindings(read(), { inFull: [], jurisdictions: [] });
    expect(JSON.stringify([report.reads, report.summary])).toContain(MASKED.names);
    expect(LEAK.exec(JSON.stringify(report))).toBeNull();
    for (const language of LANGUAGES) expect(LEAK.exec(JSON.stringify(told(report, language)))).toBeNull();
  });

  it('of a signal and its facts neither, where the word is personal elsewhere', () => {
    const signals: Signal[] = [
      {
        id: 'camera.exif',
        backing: 'inferred',
        messages: { value: message('note.engineWords', { words }) },
        facts: [
          { name: 'hidden', value: NAME, personal: 'names' },
          {
            name: 'also',
            personal: 'names',
            messages: { value: message('note.engineWords', { words: 'zqname' }) },
          },
          { name: 'reason', messages: { value: message('note.engineWords', { words }) } },
        ],
        basis: [{ carrier: 'exif', locator: 'IFD0' }],
      },
    ];
    const masked = JSON.stringify(createReportMask(signals).signals(signals));
    expect(masked.split(MASKED.names).length).toBeGreaterThan(4);
    expect(LEAK.exec(masked)).toBeNull();
    expect(createReportMask(signals, { reveal: PERSONAL }).signals(signals)).toEqual(signals);
  });
});

describe('Content Credentials', () => {
  const of = (name: string, number: string, reveal?: readonly Personal[]) => {
    const label = `${number}12345:urn:uuid:0b9a1c7e-1111-4222-8333-444455556666`;
    const agent = `M11-P/2.0.2 (Serial: ${number}) lc_c2pa/v1.6.1`;
    const found = store({
      activeManifest: label,
      remoteUrl: `https://${name}:pw@example.org/x`,
      manifests: [
        manifest(label, {
          claimGenerator: agent,
          title: `photo by ${name}.jpg`,
          signature: { organisation: 'Leica', serial: `${number}99` },
          actions: [
            {
              ...action('c2pa.created', CAPTURE, label),
              softwareAgent: agent,
              description: `from /home/${name}/a, ${name}@example.org`,
            },
          ],
          assertions: [
            { label: 'stds.schema-org.CreativeWork', data: { author: [{ '@type': 'Person', name }] } },
            {
              label: 'cawg.identity',
              data: { verifiedIdentities: [{ username: `${name}x`, type: 'cawg.social_media' }] },
            },
          ],
          ingredients: [
            { relationship: 'parentOf', title: `${name}x on a boat`, manifest: label, recorded: [] },
          ],
        }),
      ],
      codes: {
        active: [
          {
            code: 'claimSignature.validated',
            kind: 'success',
            url: `self#jumbf=/c2pa/${label}/c2pa.signature`,
          },
          {
            code: 'claimSignature.insideValidity',
            kind: 'success',
            url: `self#jumbf=/c2pa/${label}/c2pa.signature`,
          },
          { code: 'assertion.dataHash.match', kind: 'success', url: `self#jumbf=/c2pa/${label}/c2pa.hash` },
          {
            code: 'signingCredential.untrusted',
            kind: 'failure',
            url: `self#jumbf=/c2pa/${label}/c2pa.signature`,
            explanation: `certificate ${number}99 of ${name}`,
          },
        ],
        ingredients: [],
      },
    });
    const options = { asOf: '2026-11-25', ...(reveal ? { reveal } : {}) };
    return told(
      addFindings(conclude(facts(), evidence({ c2pa: found }), options), { inFull: [], jurisdictions: [] }),
    );
  };

  it('name no author and no device in JSON, text or HTML', () => {
    fc.assert(
      fc.property(word, serial, (name, number) => {
        const report = of(name, number);
        const shown = flat(pages(report as unknown as StoredReport)).toLowerCase();
        expect(shown).not.toContain(name.toLowerCase());
        expect(shown).not.toContain(number.toLowerCase());
      }),
      { numRuns: 60 },
    );
  });

  it('keep their signer, and the links between their manifests', () => {
    const { contentCredentials: found, tool } = of('Zqname', 'ZQ12345678');
    expect(found.signer).toMatchObject({ name: 'Leica', serial: MASKED.serial });
    expect(found.manifests?.[0]?.label).toBe(found.activeManifest);
    expect(found.manifests?.[0]?.ingredients[0]?.manifest).toBe(found.activeManifest);
    expect(tool.revealed).toBeUndefined();
  });

  it('show what is asked for, and the Report says which kinds', () => {
    const report = of('Zqname', 'ZQ12345678', ['names', 'serial']);
    expect(report.tool.revealed).toEqual(['serial', 'names']);
    expect(report.contentCredentials.signer?.serial).toBe('ZQ1234567899');
    expect(JSON.stringify(report)).toContain('Serial: ZQ12345678');
    expect(renderText(toStoredReport(report), { color: false })).toContain(
      'asked for: serial numbers and names',
    );
  });

  it('never mask whom they are from, though an author bears the same name', () => {
    const same = store({
      manifests: [
        manifest('m1', {
          signature: { organisation: 'Jane Doe' },
          assertions: [{ label: 'stds.schema-org.CreativeWork', data: { author: [{ name: 'Jane Doe' }] } }],
        }),
      ],
    });
    const { report } = conclude(facts(), evidence({ c2pa: same }), { asOf: '2026-11-25' });
    expect(report.contentCredentials.signer?.name).toBe('Jane Doe');
    expect(report.signals.find(({ id }) => id === 'c2pa.signer.named')?.value).toBe('Jane Doe');
  });
});

describe('a look whether there is anything to mask', () => {
  /** Contains every character that a form's quick check looks for, and no match of any form. */
  const TAIL = '\n\n : :// @ + ° , . - :URN: \n';
  const pieces = fc.constantFrom(
    ...[
      'jane',
      '@',
      'example.org',
      '://',
      'https',
      ' ',
      '+49',
      '171',
      '1234567',
      '-',
      '(212)',
      '555-0123',
      '.',
    ],
    ...[
      'lat',
      '=',
      '48.1234567',
      ',',
      '11.5',
      '°',
      '12',
      "'",
      '30"',
      'N',
      'geo:',
      'tel:',
      'phone',
      ':',
      '/home/',
    ],
    ...['\\Users\\', 'serial', '#', 'A1234', ':urn:uuid:', ':urn:c2pa:', '中文', '…', '/', '"'],
  );
  const text = fc.array(pieces, { maxLength: 12 }).map((some) => some.join(''));

  it('misses nothing', () => {
    expect(mask(TAIL)).toBe(TAIL);
    fc.assert(
      fc.property(text, (one) => {
        expect(mask(one + TAIL)).toBe(mask(one) + TAIL);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('crJSON', () => {
  const json = {
    manifests: [
      {
        label: '5512345:urn:uuid:1',
        assertions: {
          'stds.exif': {
            'exif:GPSLatitude': '52,31.2N',
            'exifEX:BodySerialNumber': 'AB1',
            'exif:GPSVersionID': '2.2',
          },
          'stds.schema-org.CreativeWork': {
            author: [
              { '@type': 'Person', name: 'Jane Doe' },
              { '@type': 'Organization', name: 'Example News' },
            ],
          },
          'c2pa.metadata': { 'dc:creator': ['Jane Doe'] },
          'c2pa.hash.data': { name: 'jumbf manifest' },
        },
        signature: { certificateInfo: { serialNumber: '123456', subject: { CN: 'Signer' } } },
      },
    ],
  };

  it('masks what stands under keys made for persons, and counts it', () => {
    const { crJson, masked } = maskCrJson(JSON.stringify(json), []);
    expect(masked).toBe(6);
    expect(crJson).not.toMatch(/Jane|AB1|52,31|5512345|123456/);
    expect(crJson).toMatch(/Example News.*jumbf manifest.*Signer/);
  });

  it('is the engine’s own where everything is asked for', () => {
    expect(maskCrJson(JSON.stringify(json), PERSONAL)).toEqual({ crJson: JSON.stringify(json), masked: 0 });
  });
});
