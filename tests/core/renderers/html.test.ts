import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { anyCharacter } from '../../support/any-character.js';
import { chain, listed, marked } from './credentials-literal.js';
import { HOSTILE, HOSTILE_STRINGS, mapStrings, RAW_UNSEEN } from './hostile.js';
import { renderArticle, renderHtml, renderOnePageHtml } from './rendered.js';
import { camera, fullReport, reportOf, signed, toldReport } from './report-literal.js';

/** Tags that the renderer itself may write; everything else in angle brackets came from outside. */
const OURS =
  /<\/?(article|header|footer|section|h1|h2|h3|h4|p|dl|dt|dd|div|ul|ol|li|table|caption|thead|tbody|tr|th|td|details|summary|span|bdi|code|small|strong|a|svg|g|rect|path|text|textarea|time)( (class|id|dir|lang|scope|role|tabindex|aria-label|viewBox|width|height|x|y|rx|d|data-label|aria-hidden|aria-labelledby|href|rel|target|rows|datetime|data-copy|data-copied|data-saved|data-by-copy|data-also)="[^"<>]*"| open| readonly)*>/g;

const en = translatorFor('en');

const headings = (html: string) =>
  [...html.matchAll(/<(h\d)[^>]*>(.*?)<\/h\d>/g)].map(([, level, title]) => [level, title]);

function leftOver(html: string): string {
  return html.replace(OURS, '');
}

function expectInert(html: string): void {
  expect(leftOver(html)).not.toMatch(/[<>"']/);
  expect(html).not.toMatch(RAW_UNSEEN);
  for (const [, href] of html.matchAll(/href="([^"]*)"/g))
    expect(href).toMatch(
      /^(https:\/\/|#(signal|place|step)-\d+$|#(check-\w+|contradictions|history|times|rules|question|inside)$)/,
    );
}

/** Together both literals have a string at every position of the Report. */
const FULL = fullReport();
const LISTED = reportOf({ contentCredentials: listed, signals: marked });

const TOLD = toldReport();

describe('the page', () => {
  it('is one article with the headings in order', () => {
    const html = renderHtml(fullReport());
    expect(html.startsWith('<article class="report" lang="en">')).toBe(true);
    expect(html.trimEnd().endsWith('</article>')).toBe(true);
    expect(headings(html)).toEqual([
      ['h1', inEnglish('headline.nothing')],
      ['h2', '<a href="#history">History</a>'],
      ['h2', '<a href="#times">Times</a>'],
      ['h2', inEnglish('page.section.camera')],
      ['h2', 'You may say'],
      ['h2', 'You may not say'],
      ['h2', 'Do next'],
      ['h2', 'Inside this file (1 part)'],
      ['h2', 'Question to the publisher'],
      ['h2', 'The whole record'],
      ['h3', 'Contradictions'],
      ['h3', 'What we could check'],
      ['h3', 'Parts of this file'],
      ['h3', 'History'],
      ['h3', 'Times'],
      ['h3', 'Rules on 25 Nov 2026'],
      ['h4', 'China, GB 45438-2025 (CN)'],
    ]);
  });

  it('says who served a file that was fetched, and that what is missing there was perhaps taken out', () => {
    const words = inEnglish('page.served', {
      host: 'cdn.example.org:8443',
      at: message('date.time', {
        day: message('date.day', { day: '25', month: '11', year: '2026' }),
        clock: '11:30:00',
        zone: 'UTC',
      }),
    });
    expect(renderHtml(fullReport())).toContain(`<p class="served">${words}</p>`);
    expect(renderOnePageHtml(fullReport(), en).toString()).toContain(words);
    expect(renderHtml(reportOf({}))).not.toContain('class="served"');
  });

  it('says first what may be said of it, what not, what to do next and what to ask', () => {
    const html = renderHtml(TOLD);
    expect(headings(html).slice(0, 8)).toEqual([
      [
        'h1',
        inEnglish('headline.signed', {
          standing: 'unlisted',
          signer: message('text.quoted', { text: 'Example Studio' }),
        }).replace('“Example Studio”', '<bdi dir="auto">$&</bdi>'),
      ],
      ['h2', '<a href="#history">History</a>'],
      ['h2', '<a href="#times">Times</a>'],
      ['h2', inEnglish('page.section.camera')],
      ['h2', 'You may say'],
      ['h2', 'You may not say'],
      ['h2', 'Do next'],
      ['h2', 'Question to the publisher'],
    ]);
    const [, question = ''] = /<textarea id="question" readonly[^>]*>\n([^<]*)<\/textarea>/.exec(html) ?? [];
    expect(question).toContain(TOLD.asset.sha256);
  });

  it('leads from each of the four facts to what it was read from, which the page has', () => {
    const html = renderHtml(TOLD);
    const places = [...html.matchAll(/<a class="fact" href="#([^"]+)"/g)].map(([, locator]) => locator);
    expect(places).toEqual(['check-credentials', 'check-credentials', 'check-labels', 'times']);
    for (const locator of places) expect(html).toContain(` id="${locator}"`);
    // A single page has no other pages to link to.
    expect(renderOnePageHtml(TOLD, en).toString()).not.toMatch(/href="#(?!question)/);
  });

  it('asks for the file again only where a door takes it, and says which links lead outside', () => {
    const hidden = reportOf({
      signals: [
        camera,
        { ...camera, id: 'camera.location', facts: [{ name: 'latitude', personal: 'location' }] },
      ],
    });
    const targets = { again: '/again', file: '/', elsewhere: '/?manifest=on' };
    const render = (canReveal: boolean) =>
      renderArticle(hidden, en, { reinspect: { ...targets, canReveal } }).toString();
    const shows = '<input type="hidden" name="reveal" value="location">';
    expect(render(true)).toContain(
      `<form class="again" action="/again" method="post" data-sending="${en.text('page.again.sending')}">${shows}`,
    );
    expect(render(false)).not.toContain(shows);
    expect(renderHtml(hidden)).toContain(`${inEnglish('page.camera.hidden')}</dd>`);
    const outside = [
      ...renderHtml(TOLD).matchAll(/<a href="https:[^"]*" target="_blank" rel="([^"]*)">([^\n]*?)<\/a>/g),
    ];
    expect(outside.length).toBeGreaterThan(0);
    for (const [, rel, words] of outside) {
      expect(rel).toBe('noreferrer noopener');
      expect(words).toMatch(/<small>\(opens [\w.]+, outside Assay\)<\/small>$/);
    }
  });

  it('tells what each search by picture gets: a link, a frame or a picture that is saved, or the file', () => {
    const picture = { src: '/p', width: 9, height: 9 };
    const none = {
      frames: [],
      manifests: new Map(),
      ingredients: new Map(),
      parts: new Map(),
      missing: [],
      storedDiffers: false,
    };
    const search = (options: Parameters<typeof renderArticle>[2]) =>
      /<details class="search">[\s\S]*?<\/details>/.exec(renderArticle(TOLD, en, options).toString())?.[0] ??
      '';
    expect(search({})).toContain('choose the file itself on the site');
    const saved = search({ figures: { ...none, preview: picture } });
    expect(saved).toContain('<a href="/p" download="assay-1.webp">Save the small picture</a>');
    expect(saved).toContain('<a href="https://www.bing.com/visualsearch" target="_blank"');
    const frames = [0, 12].map((seconds) => ({ ...picture, src: `/frame-${seconds}`, seconds }));
    expect(search({ figures: { ...none, frames } })).toContain('Save the frame at 0:12');
    const linked = search({
      fileLink: 'https://a.example/?a=1&b="><i>',
      figures: { ...none, preview: picture },
    });
    expect(linked).toContain(
      'https://tineye.com/search?url=https%3A%2F%2Fa.example%2F%3Fa%3D1%26b%3D%22%3E%3Ci%3E"',
    );
    expect(linked).not.toContain('download=');
    expect(linked).not.toContain('<i>');
  });

  it('makes a map’s address of degrees alone', () => {
    const at = (latitude: string) =>
      reportOf({
        signals: [
          {
            ...camera,
            id: 'camera.location',
            facts: [
              { name: 'latitude', value: latitude, personal: 'location' },
              { name: 'longitude', value: '-0.127600', personal: 'location' },
            ],
          },
        ],
      });
    expect(renderHtml(at('51.507400'))).toContain(
      'href="https://www.openstreetmap.org/?mlat=51.507400&amp;mlon=-0.127600#map=14/51.507400/-0.127600"',
    );
    expect(renderHtml(at('51.5&x=1'))).not.toContain('openstreetmap');
  });

  it('leaves out the sections that have nothing to say', () => {
    const html = renderHtml(reportOf());
    expect(html).not.toMatch(
      /Contradictions|History|Rules on|Parts of|<details (?!class="(dossier|search|question-box)")/,
    );
    expect(html).toContain(
      '<dt>Credentials</dt><dd><span class="mark" aria-hidden="true">○</span> <span class="word">none found</span></dd>',
    );
  });

  it('closes every element it opens', () => {
    for (const report of [
      reportOf(),
      fullReport(),
      TOLD,
      LISTED,
      reportOf({ contentCredentials: signed }),
      reportOf({ contentCredentials: { ...chain(9), integrity: 'altered' } }),
    ]) {
      const open: string[] = [];
      for (const [, close, name] of renderHtml(report).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
        // Line-break opportunities are empty elements.
        if (name === 'wbr') continue;
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

  it('sends the reader of a law that asks for a visible label to the mark that was seen, and never says none', () => {
    const report = fullReport();
    const findings = report.findings
      .slice(0, 1)
      .map((one) => ({ ...one, outcome: 'look' as const, next: 'look-at-visible-label' as const }));
    const seen = {
      ...{ id: 'visible.star' as const, backing: 'inferred' as const },
      basis: [{ carrier: 'file' as const, locator: 'lower right corner' }],
    };
    const unseen = renderHtml({ ...report, findings });
    expect(unseen).toContain(inEnglish('law.next.look-at-visible-label'));
    expect(unseen).not.toContain('A visible mark was seen');
    const html = renderHtml({ ...report, findings, signals: [...report.signals, seen] });
    expect(html).toContain(inEnglish('law.next.lookAtSeenMark'));
    expect(html).not.toContain(inEnglish('law.next.look-at-visible-label'));
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
    expect(renderHtml(remote)).not.toMatch(/href="[^"]*tracker/);
    expect(renderHtml(fullReport())).toContain(
      '<a href="https://example.com/detector" rel="noreferrer noopener">',
    );
  });

  it('makes no link of an address that is not https', () => {
    const html = renderHtml(reportOf({ notChecked: [{ what: 'x', why: 'y', link: 'javascript:alert(1)' }] }));
    expect(html).not.toMatch(/href="(?!#|https:)/);
    expect(html).toContain('javascript:alert(1)');
  });
});

describe('hostile strings in the page', () => {
  it.each(Object.entries(HOSTILE))('stay text: %s', (_name, hostile) => {
    for (const report of [FULL, LISTED, TOLD]) {
      const html = renderHtml(mapStrings(report, () => hostile));
      expectInert(html);
      expect(html.length).toBeLessThan(400_000);
    }
  });

  it('stay text wherever they stand', () => {
    const anyText = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 40 }),
      fc.constantFrom(...HOSTILE_STRINGS),
    );
    fc.assert(
      fc.property(fc.infiniteStream(anyText), (stream) => {
        for (const report of [FULL, LISTED, TOLD])
          expectInert(renderHtml(mapStrings(report, () => stream.next().value ?? '')));
      }),
      { numRuns: 60 },
    );
  });
});
