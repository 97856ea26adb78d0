import { describe, expect, it } from 'vitest';
import { ON_PAGE, renderEvidence } from '../../../src/core/page/evidence.js';
import { hexDump } from '../../../src/core/page/hex-dump.js';
import {
  evidenceHtml as fieldsHtml,
  evidencePaperHtml as fieldsPaperHtml,
} from '../../../src/core/renderers/html/evidence.js';
import { renderEvidenceText } from '../../../src/core/renderers/text/evidence.js';
import type { EvidenceView } from '../../../src/core/report/evidence-view.js';
import { type Translator, translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { fullEvidence } from './evidence-literal.js';
import { HOSTILE, RAW_UNSEEN } from './hostile.js';
import { renderHtml } from './rendered.js';
import { reportOf } from './report-literal.js';

const evidenceHtml = (sheet: EvidenceView, speech: Translator) =>
  fieldsHtml(renderEvidence(sheet, speech, ON_PAGE), speech);
const evidencePaperHtml = (sheet: EvidenceView, speech: Translator) =>
  fieldsPaperHtml(renderEvidence(sheet, speech, ON_PAGE), speech);

const en = translatorFor('en');
const zh = translatorFor('zh-Hans');

const label = {
  id: 'gb45438.label.present' as const,
  backing: 'unsigned' as const,
  value: '{"Label":"1"}',
  basis: [{ carrier: 'xmp' as const, locator: 'APP1 XMP: TC260:AIGC (element)', offset: 300 }],
};

describe('bytes', () => {
  it('stand in rows of sixteen with their place, digits and printable characters', () => {
    expect(hexDump(255, `${'41'.repeat(15)}0a7f..`)).toEqual([
      `000000ff  ${'41 '.repeat(15)}0a  ${'A'.repeat(15)}.`,
      `0000010f  7f ··${' '.repeat(42)}  .·`,
    ]);
    expect(hexDump(0, '')).toEqual([]);
  });
});

describe('the fields of a file on its page', () => {
  it('are folded, carrier by carrier, each at an address, and what is left out is said', () => {
    const html = String(evidenceHtml(fullEvidence(), en));
    expect(html).toMatch(/^<details class="technical evidence">\n<summary>Metadata, field by field \(9\)/);
    expect(html).toContain('<caption>EXIF</caption>');
    expect(html).toContain(
      '<tr id="field-1"><th scope="row"><bdi class="verbatim" dir="auto">APP1 XMP: TC260:AIGC',
    );
    expect(html).toContain('[location: masked] 9 characters');
    expect(html).toContain(`${inEnglish('page.evidence.withheld')} 2,400 characters`);
    expect(html).toContain(`${'x'.repeat(160)}…</bdi> 3,000 characters`);
    expect(html).toContain('not text, 64 bytes');
    expect(html).toContain('EXIF: 3 further fields are not shown here.');
  });

  it('have the bytes of labels before them, masked ones blank, or why there are none', () => {
    const html = String(evidenceHtml(fullEvidence(), en));
    expect(html).toContain('<pre tabindex="0" dir="ltr">0000019c  41 49 47 43 3e');
    expect(html).toContain('AIGC&gt;{&quot;Label&quot;:··<br>');
    expect(html).toContain('byte 412, 20 bytes, 2 bytes masked, shown as ··');
    expect(html).toContain('its bytes are not shown: it was not found near this place as plain text');
  });

  it('are where a signal’s place leads to, in whatever form of XML it stands', () => {
    const report = reportOf({ signals: [label] });
    expect(renderHtml(report, en, undefined, fullEvidence())).toContain('<a href="#field-1">Field</a>');
    expect(renderHtml(report)).not.toContain('field-1');
    const elsewhere = {
      ...label,
      basis: [{ ...label.basis[0], carrier: 'xmp' as const, locator: 'APP1 XMP: TC260:AIGC', offset: 1 }],
    };
    expect(renderHtml(reportOf({ signals: [elsewhere] }), en, undefined, fullEvidence())).not.toContain(
      '#field-',
    );
  });

  it('are nothing where nothing was read', () => {
    const none: EvidenceView = { ...fullEvidence(), carriers: [], labels: [] };
    expect(evidenceHtml(none, en)).toBeUndefined();
    expect(renderEvidenceText(none, { color: false })).toContain(inEnglish('page.evidence.none'));
  });

  it('leave a page its weight, however many and long they are', () => {
    const field = { name: 'n', locator: 'p'.repeat(512), offset: 1e9, value: '<'.repeat(512) };
    const fields = Array.from({ length: 1_024 }, () => field);
    const [one] = fullEvidence().labels;
    const labels = Array.from({ length: 8 }, () => ({
      ...one,
      label: 'gb45438' as const,
      carrier: 'xmp' as const,
      locator: 'p',
      hex: '3c'.repeat(256),
    }));
    const sheet: EvidenceView = { ...fullEvidence(), carriers: [{ carrier: 'exif', fields }], labels };
    expect(Buffer.byteLength(String(evidenceHtml(sheet, zh)))).toBeLessThan(110_000);
    const usual = Array.from({ length: 300 }, () => ({
      ...field,
      locator: 'APP1 XMP: xmp:CreatorTool',
      value: 'Example Tool',
    }));
    const page = String(
      evidenceHtml(
        { ...sheet, carriers: [{ carrier: 'exif', fields: usual }], labels: labels.slice(0, 2) },
        zh,
      ),
    );
    expect(Buffer.byteLength(page)).toBeLessThan(45_000);
    expect(page).toContain('个字段未在此显示');
  });

  it.each(Object.entries(HOSTILE))('stay text: %s', (_name, text) => {
    const { carriers, labels, ...sheet } = fullEvidence();
    const hostile: EvidenceView = {
      ...sheet,
      asset: { ...sheet.asset, name: text },
      carriers: carriers.map((one) => ({
        ...one,
        fields: one.fields.map((field) => ({ ...field, name: text, locator: text, value: text })),
      })),
      labels: labels.map((one) => ({ ...one, locator: text })),
    };
    for (const html of [evidenceHtml(hostile, en), evidencePaperHtml(hostile, zh)].map(String)) {
      const own =
        /<\/?(details|summary|div|p|figure|figcaption|pre|br|table|caption|thead|tbody|tr|th|td|bdi|section|h3)( (class|id|scope|dir|tabindex|data-label)="[\w .-]*")*>|<td data-label="(Byte|字节)">/g;
      expect(html.replace(own, '')).not.toMatch(/[<>"']/);
      expect(html).not.toMatch(RAW_UNSEEN);
    }
    expect(renderEvidenceText(hostile, { color: false })).not.toMatch(RAW_UNSEEN);
  });
});

describe('on paper', () => {
  it('the labels’ bytes are printed, and the rest is said to be left out', () => {
    const html = String(evidencePaperHtml(fullEvidence(), en));
    expect(html).toContain('is not printed');
    expect(html).toContain('0000019c');
    expect(html).not.toContain('IFD0 Make');
  });
});

describe('in a terminal', () => {
  it('every field stands with its place, in either language', () => {
    const text = renderEvidenceText(fullEvidence(), { color: false, width: 200 });
    expect(text).toContain('“IFD0 Make” (byte 30): “Example”');
    expect(text).toContain('0000019c  41 49 47 43 3e');
    const chinese = renderEvidenceText(fullEvidence(), { color: false, width: 200 }, zh);
    expect(chinese).toContain('逐项元数据');
    expect(chinese).toContain('［位置：已遮蔽］');
  });
});
