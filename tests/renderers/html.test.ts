import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/core/renderers/html.js';
import { chain, listed, marked } from './credentials-literal.js';
import { HOSTILE, HOSTILE_STRINGS, mapStrings, RAW_UNSEEN } from './hostile.js';
import { fullReport, reportOf, signed } from './report-literal.js';

/** What the renderer itself may write; everything else in angle brackets came from outside. */
const OURS =
  /<\/?(article|header|footer|section|h2|h3|h4|p|dl|dt|dd|div|ul|li|table|caption|thead|tbody|tr|th|td|details|summary|span|bdi|code|small|strong|a|svg|g|rect|path|text)( (class|id|dir|lang|scope|role|tabindex|aria-label|viewBox|width|height|x|y|rx|d|data-label|aria-hidden|href|rel)="[^"<>]*"| open)*>/g;

function leftOver(html: string): string {
  return html.replace(OURS, '');
}

function expectInert(html: string): void {
  expect(leftOver(html)).not.toMatch(/[<>"']/);
  expect(html).not.toMatch(RAW_UNSEEN);
  for (const [, href] of html.matchAll(/href="([^"]*)"/g))
    expect(href).toMatch(/^(https:\/\/|#(signal|place|step)-\d+$)/);
}

/** Both literals between them have a string in every place of the Report. */
const FULL = fullReport();
const LISTED = reportOf({ contentCredentials: listed, signals: marked });

describe('the page', () => {
  it('is one article with the headings in order', () => {
    const html = renderHtml(fullReport());
    expect(html.startsWith('<article class="report" lang="en">')).toBe(true);
    expect(html.trimEnd().endsWith('</article>')).toBe(true);
    expect([...html.matchAll(/<(h\d)>(.*?)<\/h\d>/g)].map(([, level, title]) => [level, title])).toEqual([
      ['h2', '<bdi class="verbatim" dir="auto">harbour.png</bdi>'],
      ['h3', 'What the file says about itself'],
      ['h3', 'Contradictions'],
      ['h3', 'What we could check'],
      ['h3', 'Parts of this file'],
      ['h3', 'Rules on 25 Nov 2026'],
      ['h4', 'China, GB 45438-2025 (CN)'],
      ['h3', 'History'],
      ['h3', 'Times'],
    ]);
  });

  it('leaves out the sections that have nothing to say', () => {
    const html = renderHtml(reportOf());
    expect(html).not.toMatch(/Contradictions|History|Rules on|Parts of|<details/);
    expect(html).toContain(
      '<dt>Credentials</dt><dd><span class="mark" aria-hidden="true">○</span> <span class="word">none found</span></dd>',
    );
  });

  it('closes every element it opens', () => {
    for (const report of [
      reportOf(),
      fullReport(),
      LISTED,
      reportOf({ contentCredentials: signed }),
      reportOf({ contentCredentials: { ...chain(9), integrity: 'altered' } }),
    ]) {
      const open: string[] = [];
      for (const [, close, name] of renderHtml(report).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
        if (close === '') open.push(name ?? '');
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }
  });

  it('opens rulebooks where few speak of the file, and is a table of contents where many do', () => {
    const report = fullReport();
    const many = (count: number) => ({
      ...report,
      findings: Array.from({ length: count }, (_, at) =>
        report.findings.map((one) => ({ ...one, rulebook: `book-${at}` })),
      ).flat(),
    });
    const open = (html: string) => html.match(/<details class="book" open>/g)?.length ?? 0;
    expect(open(renderHtml(many(2)))).toBe(2);
    expect(open(renderHtml(many(3)))).toBe(0);
  });

  it('leads from a rule to the signals that decided it, and from a signal to where it stands', () => {
    const report = fullReport();
    const html = renderHtml(report);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const jumps = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(jumps.length).toBeGreaterThan(report.signals.length);
    for (const jump of jumps) expect(ids).toContain(jump);
    expect(ids.filter((id) => id?.startsWith('signal-'))).toHaveLength(report.signals.length);
  });

  it('has neither style nor script', () => {
    expect(renderHtml(fullReport())).not.toMatch(/style=|<style|<script|\son\w+=/i);
  });

  it('sets the file’s words apart and names the columns of the rules', () => {
    const html = renderHtml(fullReport());
    expect(html).toContain('<bdi class="verbatim" dir="auto">tEXt prompt');
    expect(html).toContain('that name <bdi dir="auto">“Example Studio”</bdi>.');
    expect(html).toContain(
      '<td data-label="Clause"><a href="https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno=1&amp;x=2" rel="noreferrer noopener">6.1 a)</a>',
    );
    expect(html).toContain('<strong>found in part: </strong>');
    expect(html).toMatch(/Could not look for: <ul><li>[^<]+ <code>gb45438\.copies\.several<\/code>/);
  });

  it('links the vendor’s page but never an address from the file', () => {
    const remote = reportOf({
      contentCredentials: { presence: 'remote', remoteUrl: 'https://tracker.example/m.c2pa' },
    });
    expect(renderHtml(remote)).toContain(
      '<bdi class="verbatim" dir="auto">https://tracker.example/m.c2pa</bdi>',
    );
    expect(renderHtml(remote)).not.toContain('href');
    expect(renderHtml(fullReport())).toContain(
      '<a href="https://example.com/detector" rel="noreferrer noopener">',
    );
  });

  it('makes no link of an address that is not https', () => {
    const html = renderHtml(reportOf({ notChecked: [{ what: 'x', why: 'y', link: 'javascript:alert(1)' }] }));
    expect(html).not.toContain('href');
    expect(html).toContain('javascript:alert(1)');
  });
});

describe('hostile strings in the page', () => {
  it.each(Object.entries(HOSTILE))('stay text: %s', (_name, hostile) => {
    for (const report of [FULL, LISTED]) {
      const html = renderHtml(mapStrings(report, () => hostile));
      expectInert(html);
      expect(html.length).toBeLessThan(400_000);
    }
  });

  it('stay text wherever they stand', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...HOSTILE_STRINGS),
    );
    fc.assert(
      fc.property(fc.infiniteStream(anyText), (stream) => {
        for (const report of [FULL, LISTED])
          expectInert(renderHtml(mapStrings(report, () => stream.next().value ?? '')));
      }),
      { numRuns: 60 },
    );
  });
});
