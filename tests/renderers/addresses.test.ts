import { describe, expect, it } from 'vitest';
import { plain, plainName, quoted } from '../../src/core/ground/quoted.js';
import { quoteTerminal } from '../../src/core/ground/terminal-text.js';
import { visible } from '../../src/core/ground/visible.js';
import { verbatim } from '../../src/core/renderers/html-runs.js';
import { wrap } from '../../src/core/renderers/wrap.js';

/** Cut in its middle, the address of a vocabulary names nothing: what tells its terms apart stands at its end. */

const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const TERM = 'compositeWithTrainedAlgorithmicMedia';
const ADDRESS = `${VOCABULARY}${TERM}`;

describe('the address of a vocabulary', () => {
  it('stands in a short place as its term', () => {
    expect(plainName(`${VOCABULARY}paintedByTheSea`)).toBe('…/paintedByTheSea');
    expect(quoted(ADDRESS.replace('newscodes', 'newscodes'.repeat(4)))).toBe(`“…/${TERM}”`);
    expect(plain(ADDRESS).endsWith(TERM)).toBe(true);
    // Nothing of a term that is itself too long would tell it.
    expect(plainName(`${VOCABULARY}${'a'.repeat(99)}`)).toHaveLength(32);
    expect(plainName('http://example.org and more words than a name has')).toMatch(/…$/);
  });

  it('is shown whole where other values are cut', () => {
    expect(visible(ADDRESS, 64)).toBe(ADDRESS);
    expect(quoteTerminal(ADDRESS, 64)).toBe(`“${ADDRESS}”`);
    expect(visible(`${ADDRESS} and more`, 64)).toMatch(/… \(\+\d+\)$/);
    expect(visible(`http://example.org/${'a'.repeat(999)}`, 64)).toMatch(/… \(\+\d+\)$/);
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
