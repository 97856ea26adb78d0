import { describe, expect, it } from 'vitest';
import { quote, shortenName, shortenUnquoted } from '../../../src/base/quoted.js';
import { quoteTerminal } from '../../../src/base/terminal-text.js';
import { showText } from '../../../src/base/visible.js';
import { verbatim } from '../../../src/core/renderers/html/runs.js';
import { wrap } from '../../../src/core/renderers/text/wrap.js';

/** The address of a vocabulary must not be cut in its middle, because its end distinguishes the terms. */

const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const TERM = 'compositeWithTrainedAlgorithmicMedia';
const ADDRESS = `${VOCABULARY}${TERM}`;

describe('the address of a vocabulary', () => {
  it('stands in a short place as its term', () => {
    expect(shortenName(`${VOCABULARY}paintedByTheSea`)).toBe('…/paintedByTheSea');
    expect(quote(ADDRESS.replace('newscodes', 'newscodes'.repeat(4)))).toBe(`“…/${TERM}”`);
    expect(shortenUnquoted(ADDRESS).endsWith(TERM)).toBe(true);
    // A term that is itself too long has no useful short form.
    expect(shortenName(`${VOCABULARY}${'a'.repeat(99)}`)).toHaveLength(32);
    expect(shortenName('http://example.org and more words than a name has')).toMatch(/…$/);
  });

  it('is shown whole where other values are cut', () => {
    expect(showText(ADDRESS, 64)).toBe(ADDRESS);
    expect(quoteTerminal(ADDRESS, 64)).toBe(`“${ADDRESS}”`);
    expect(showText(`${ADDRESS} and more`, 64)).toMatch(/… \(\+\d+\)$/);
    expect(showText(`http://example.org/${'a'.repeat(999)}`, 64)).toMatch(/… \(\+\d+\)$/);
  });

  it.each(['', '文件声明'])('is broken over lines between its parts (%s)', (before) => {
    for (const width of [40, 50, 60, 70]) {
      const lines = wrap(`${before} “${ADDRESS}” is what it says`, width);
      expect(lines.some((line) => line.includes(TERM))).toBe(true);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toContain(ADDRESS);
    }
  });

  it('may be broken on a page behind its slashes, and nowhere else', () => {
    const page = String(verbatim(ADDRESS));
    expect(page.replaceAll('<wbr>', '')).toContain(ADDRESS);
    expect(page).toContain(`http://cv.iptc.org/<wbr>newscodes/<wbr>digitalsourcetype/<wbr>${TERM}`);
    expect(String(verbatim('<a href="http://example.org/a/b">and so on, over and over</a>'))).not.toContain(
      '<a',
    );
  });
});
