import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/core/renderers/text/wrap.js';
import { inEnglish } from '../../i18n/english.js';
import { anyCharacter } from '../../support/any-character.js';
import { listed, marked } from './credentials-literal.js';
import { HOSTILE, HOSTILE_STRINGS, mapStrings, RAW_UNSEEN } from './hostile.js';
import { renderText } from './rendered.js';
import { fullReport, generated, reportOf, signed } from './report-literal.js';

const text = (report = reportOf(), width = 80): string => renderText(report, { color: false, width });
const headings = (page: string): string[] =>
  page.split('\n').filter((line, at, all) => /^\S/.test(line) && all[at - 1] === '');

/** Together both literals have a string at every position of the Report. */
const FULL = fullReport();
const LISTED = reportOf({ contentCredentials: listed, signals: marked });

/** Lines are wrapped by the width of a terminal, which tests of `wrap` hold. */
const collapse = (all: string): string[] => all.split(/\s+/);

describe('the terminal page', () => {
  it('reads like this when nothing was found', () => {
    expect(collapse(text())).toEqual(
      collapse(`harbour.png · PNG · 1.2 MB (1,234,567 bytes)
${inEnglish('headline.nothing')}
Who: no signer found                    Changed since? nothing was signed
AI? not stated                          When: not known

A first sentence that stands for those of a summary and fills most of a line. A
second one, so that a terminal of eighty columns needs another line.

You may say      ${inEnglish('guide.say.nothing')}
You may not say  ${inEnglish('guide.avoid.noAiLost')}

Do next          1. ${inEnglish('guide.next.olderCopies')}
                 https://tineye.com/
                 2. ${inEnglish('guide.next.ask')}

Question to the publisher
  We are looking at the file “harbour.png” (SHA-256
  abababababababababababababababababababababababababababababababab). Who made
  it, when, and with which device or program? Was AI used? Can you send us the
  original file?

What we could check
  How it was made: not stated
  Credentials  ○ none found
  AI labels    ○ none found
  Traces       ○ none found
  Camera data  ○ none found

SHA-256      ${'ab'.repeat(32)}
Versions     Assay 0.1.0; C2PA native 0.8.0 (c2pa-rs 0.90.1)
Trust lists  none consulted
Rulebooks    cn-gb45438-2025 (Assay’s text of 25 Nov 2026)
As of        25 Nov 2026 (${inEnglish('page.phrase.asOfSource.today')})
`),
    );
  });

  it('keeps its sections in order', () => {
    const all = headings(text(fullReport()));
    expect(all.slice(all.indexOf('Contradictions'))).toEqual([
      'Contradictions',
      'What we could check',
      'Parts of this file',
      'Rules on 25 Nov 2026',
      'History',
      'Times',
      'Details',
      `SHA-256      ${'ab'.repeat(32)}`,
    ]);
  });

  it('says once which places were not looked into, and why, and has no ring for them', () => {
    const { reads, summary } = reportOf();
    const exif = { status: 'failed', code: 'deadline', reason: 'Reading took too long.' } as const;
    const xmp = { status: 'found', code: 'bound.xmp', reason: 'It holds too much.' } as const;
    const unread = [
      { carrier: 'xmp', code: xmp.code, reason: xmp.reason },
      { carrier: 'exif', code: exif.code, reason: exif.reason },
      { carrier: 'seft', code: exif.code, reason: exif.reason },
    ] as const;
    const page = text(
      reportOf({
        reads: { ...reads, exif, seft: exif, xmp },
        summary: { ...summary, origin: 'unknown', coverage: { state: 'partial', unread: [...unread] } },
      }),
    );
    expect(page).toContain(`How it was made: ${inEnglish('page.origin.unknown')}`);
    expect(page).toContain(`Camera data     – ${inEnglish('page.phrase.noneFoundWhereRead')}\n`);
    expect(page).toContain(`AI labels       – ${inEnglish('page.phrase.noneFoundWhereRead')}\n`);
    expect(page).toContain(`
  Could not look  – ${inEnglish('page.phrase.unreadPlaces', { count: 3 })}
                    XMP: It holds too much.
                    EXIF, Samsung’s trailer (SEFT): Reading took too long.
`);
    expect(page).toContain(`  Could not look
    XMP, ${inEnglish('page.phrase.foundInPart')}: It holds too much. (bound.xmp)
    EXIF, reading failed: Reading took too long. (deadline)
`);
  });

  it('says of a file of which nothing was read that nothing was looked for', () => {
    const reason = 'Not read in MXF files by this version.';
    const unsupported = { status: 'unsupported', code: 'carrier.notRead', reason } as const;
    const { reads, summary } = reportOf();
    const all = Object.keys(reads) as (keyof typeof reads)[];
    const page = text(
      reportOf({
        reads: Object.fromEntries(all.map((carrier) => [carrier, unsupported])) as unknown as typeof reads,
        contentCredentials: { presence: 'unsupported' },
        summary: {
          ...summary,
          origin: 'unknown',
          coverage: {
            state: 'nothing',
            unread: all.map((carrier) => ({ carrier, code: unsupported.code, reason })),
          },
        },
      }),
    );
    expect(page).toContain(`How it was made: ${inEnglish('page.phrase.originOfNothingRead')}`);
    for (const row of ['AI labels ', 'Traces ', 'Camera data ']) {
      expect(page).toMatch(new RegExp(`${row} +– not looked for\n`));
    }
    expect(page).toContain(
      `  Could not look  – ${inEnglish('page.coverage.nothing')}
                    ${reason}\n`,
    );
  });

  it('has a ring where a container has no such carrier: there was nothing to look into', () => {
    const { reads } = reportOf();
    const none = {
      status: 'unsupported',
      code: 'carrier.none',
      reason: 'A reason.',
    } as const;
    const page = text(reportOf({ reads: { ...reads, exif: none } }));
    expect(page).toContain('Camera data  ○ none found');
    expect(page).not.toContain('A reason.');
  });

  it('shows what a label says and where it stands', () => {
    const page = text(reportOf({ signals: [generated, { ...generated, id: 'gb45438.label.present' }] }), 200);
    expect(page).toContain('AI labels    ● present');
    expect(page).toContain(
      `GB 45438 Label "1": the content is AI-generated or synthesised (“1”; ${inEnglish('page.backing.unsigned')}; in XMP “iTXt XML:com.adobe.xmp: TC260:AIGC (element)”,`,
    );
    expect(page).toContain('byte 41)');
    expect(page).not.toContain('at least one known field was found. ');
  });

  it('names the rule, its outcome and what decided it', () => {
    const page = text(fullReport(), 120);
    expect(page).toContain(
      '6.1 a) Five elements in the file’s metadata: found in part (applies from 1 Sep 2025)',
    );
    expect(page).toContain('Because of: gb45438.element.produceId');
    expect(page).toContain('Could not look for: gb45438.copies.several');
    expect(page).toContain('Nothing in the file calls for it; it may still apply: 5.3');
    expect(page).toContain('not yet compared with the official text: 6.1 a).');
  });

  it('walks the history once, a manifest that leads back included', () => {
    const page = text(reportOf({ contentCredentials: signed }), 120);
    expect(page).toContain(`active manifest: “harbour.png”: ${inEnglish('page.integrity.intact')}`);
    expect(page).toContain('earlier version (parentOf) “harbour.png” (shown above)');
    expect(page).toContain(
      `part placed in it (componentOf) “boat.png” “image/png” (${inEnglish('page.phrase.noOwnCredentials')})`,
    );
    expect(page).toContain(inEnglish('page.phrase.unreachable', { count: 1 }));
  });

  it('bounds the history', () => {
    const manifests = Array.from({ length: 500 }, (_, at) => ({
      label: `m${at}`,
      active: at === 0,
      depth: at,
      integrity: 'intact' as const,
      actions: [],
      ingredients: Array.from({ length: 5 }, (_each, next) => ({
        relationship: 'componentOf',
        manifest: `m${at * 5 + next + 1}`,
      })),
    }));
    const page = text(reportOf({ contentCredentials: { ...signed, activeManifest: 'm0', manifests } }));
    expect(page.match(/componentOf/g)?.length).toBeLessThanOrEqual(100);
    expect(page).toMatch(/… and \d+ more/);
  });

  it('keeps its lines in the width, addresses excepted', () => {
    for (const width of [40, 55, 80, 120]) {
      const long = text(fullReport(), width)
        .split('\n')
        .filter((line) => displayWidth(line) > width && !line.includes('https://'));
      expect(long).toEqual([]);
    }
  });

  it('colours shapes and headings only, in one hue, and only when asked', () => {
    expect(text(fullReport())).not.toContain('\u001b');
    const codes = new Set(renderText(fullReport(), { color: true }).match(/\u001b\[\d+m/g));
    expect([...codes].sort()).toEqual(['\u001b[0m', '\u001b[1m', '\u001b[2m', '\u001b[36m']);
  });
});

describe('hostile strings on a terminal', () => {
  it.each(Object.entries(HOSTILE))('stay text: %s', (_name, hostile) => {
    for (const report of [FULL, LISTED]) {
      const page = text(mapStrings(report, () => hostile));
      expect(page).not.toMatch(RAW_UNSEEN);
      expect(page.length).toBeLessThan(200_000);
    }
  });

  it('add no escape sequence of their own when colour is on', () => {
    const page = renderText(
      mapStrings(FULL, () => '\u001b[31m\u001b]8;;x\u0007'),
      { color: true },
    );
    expect(page.replace(/\u001b\[(0|1|2|36)m/g, '')).not.toMatch(RAW_UNSEEN);
  });

  it('stay text wherever they stand', () => {
    const anyText = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 40 }),
      fc.constantFrom(...HOSTILE_STRINGS),
    );
    fc.assert(
      fc.property(fc.infiniteStream(anyText), (stream) => {
        for (const report of [FULL, LISTED])
          expect(text(mapStrings(report, () => stream.next().value ?? ''))).not.toMatch(RAW_UNSEEN);
      }),
      { numRuns: 60 },
    );
  });
});
