import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { PICTURED, pictureText } from '../../scripts/report-picture.js';
import { buildPageHead } from '../../src/core/page/head.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { inspect } from '../../src/index.js';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name !== 'README.md');
const PAGES = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/README.md'],
  ...DOCS.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** Returns the anchors of a page's headings, formed as GitHub forms them. */
function anchorsOf(page: string): Set<string> {
  const text = read(page).replace(/^```.*?^```$/gms, '');
  return new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

/** Returns the relative links of a page whose file or heading does not exist. */
function brokenLinks(page: string): string[] {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)];
  return links
    .map(([, link, source]) => link ?? source ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
    })
    .map((link) => `${page}: ${link}`);
}

it.each([
  ['README.md', 8_000],
  ['CHANGELOG.md', 12_000],
  ['docs/performance.md', 12_000],
])('%s has at most %i bytes', (page, most) => {
  expect(statSync(join(ROOT, page)).size).toBeLessThanOrEqual(most);
});

it('docs/README.md lists every file of docs once', () => {
  const named = [...read('docs/README.md').matchAll(/^- \[([^\]]+)\]\(\1\)|`([\w-]+\.webp)`/gm)];
  expect(named.map(([, page, picture]) => page ?? picture).sort()).toEqual([...DOCS].sort());
});

it('relative links lead to files and headings that exist', () => {
  expect(PAGES.length).toBeGreaterThan(30);
  expect(PAGES.flatMap(brokenLinks)).toEqual([]);
});

it('the pictures of docs are those that scripts/screenshots.js makes', () => {
  const made = [...read('scripts/screenshots.js').matchAll(/'([\w-]+\.webp)'/g)].map(([, name]) => name);
  expect(DOCS.filter((name) => !name.endsWith('.md')).sort()).toEqual(made.sort());
});

it('the picture in README.md is described with the headline and the facts of its file today (npm run pictures)', async () => {
  const report = (await inspect(join(ROOT, PICTURED))) as unknown as StoredReport;
  const head = buildPageHead(report, translatorFor('en'));
  const [, described] =
    /<img src="docs\/report-page-en\.webp"[^>]* alt="([^"]*)"/.exec(read('README.md')) ?? [];
  expect(described).toBe(pictureText(head));
});
