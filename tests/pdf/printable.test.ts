import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/core/renderers/html.js';
import { blocksOf } from '../../src/pdf/blocks.js';
import { foldRest } from '../../src/pdf/fold-rest.js';
import { printableHtml } from '../../src/pdf/printable.js';
import { speechOf } from '../../src/say/speech.js';
import { shellReport } from '../http/harness.js';

const words = (html: string) =>
  blocksOf(html).map((block) =>
    block.kind === 'rule'
      ? '—'
      : `${'  '.repeat('indent' in block ? block.indent : 0)}${block.spans.map(({ text }) => text).join('')}`,
  );

describe('HTML on paper', () => {
  it.each([
    ['a heading and a paragraph', '<h2>One</h2><p>two <b>three</b>\n four</p>', ['One', 'two three four']],
    ['terms with values under them', '<dl><div><dt>Term</dt><dd>value</dd></div></dl>', ['Term', '  value']],
    ['lists within lists', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', ['  a', '    b', '  c']],
    ['what is folded', '<details><summary>More</summary><p>inside</p></details>', ['More', 'inside']],
    [
      'a table as its labelled cells',
      '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td data-label="A">1</td></tr></tbody></table>',
      ['  A: 1'],
    ],
    [
      'nothing of scripts, buttons and pictures',
      '<p>a</p><script>b</script><button>c</button><svg><text>d</text></svg>',
      ['a'],
    ],
  ])('keeps %s', (_, html, expected) => {
    expect(words(html)).toEqual(expected);
  });

  it('follows no address but https', () => {
    const links = blocksOf('<p><a href="javascript:x">a</a> <a href="https://b.example">b</a></p>').flatMap(
      (block) => (block.kind === 'rule' ? [] : block.spans.map(({ link }) => link)),
    );
    expect(links.filter((link) => link !== undefined)).toEqual(['https://b.example']);
  });

  it('is bounded in depth and count', () => {
    const deep = `${'<ul><li>'.repeat(200)}x${'</li></ul>'.repeat(200)}`;
    expect(blocksOf(deep)).toMatchObject([{ kind: 'text', indent: 8 }]);
    expect(blocksOf('<p>x</p>'.repeat(30_000))).toHaveLength(20_000);
  });

  it('names clauses that say little of a file in one line', () => {
    const article =
      '<p>before</p><details class="rest"><summary>No signal found (2)</summary><table><tbody><tr><td><a href="https://a.example">Article 1</a> title</td><td>long</td></tr><tr><td>Article 2</td><td>long</td></tr></tbody></table></details><p>after</p>';
    expect(foldRest(article)).toBe(
      '<p>before</p><p class="rest">No signal found (2): Article 1; Article 2</p><p>after</p>',
    );
  });

  it('changes nothing else of a report', () => {
    const article = renderHtml(
      shellReport({ name: 'a.png', asOf: '2026-11-25' }, Buffer.from('bytes')),
      speechOf('en'),
    );
    const plain = words(article).filter((line) => !line.startsWith('  '));
    const folded = words(foldRest(article));
    for (const line of plain.filter((one) => !/\(\d+\)$/.test(one))) expect(folded).toContain(line);
  });

  it('lets a browser load and run nothing, whatever stands in the article or at the foot', () => {
    const html = printableHtml({
      title: '</title><script>1</script>',
      language: 'en"><script>2</script>',
      direction: 'ltr',
      article: '<p>x</p>',
      footer: '</style><script>3</script> "; @import url(https://x.example); \\',
      paper: 'a4',
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('@import');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html.indexOf("default-src 'none'")).toBeLessThan(html.indexOf('<title>'));
  });
});
