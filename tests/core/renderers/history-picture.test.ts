import { expect, it } from 'vitest';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inChinese } from '../../i18n/english.js';
import { chain, listed } from './credentials-literal.js';
import { renderHtml } from './rendered.js';
import { reportOf } from './report-literal.js';

const zh = translatorFor('zh-Hans');

const pictureOf = (html: string): string => /<div class="picture".*?<\/div>/s.exec(html)?.[0] ?? '';
const boxes = (picture: string): string[][] =>
  [...picture.matchAll(/<a href="#step-\d+"[^>]*>(.*?)<\/a>/gs)].map(([, box = '']) =>
    [...box.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) => text),
  );

it('draws each step with its relationship and state, and folds a long chain into one box', () => {
  const picture = pictureOf(renderHtml(reportOf({ contentCredentials: chain(9) })));
  const drawn = boxes(picture);
  expect(drawn).toHaveLength(3);
  expect(drawn[0]?.[1]).toBe('active manifest');
  expect(picture).toMatch(/<a href="#step-2" class="folded">/);
  expect(drawn[2]?.[1]).toBe('earlier version');
  expect([...picture.matchAll(/<path /g)]).toHaveLength(2);
});

it('keeps every word within its box, and says the same in Chinese', () => {
  const long = {
    ...listed,
    manifests: (listed.manifests ?? []).map((one) => ({ ...one, title: '<b>'.repeat(99) })),
  };
  const picture = pictureOf(renderHtml(reportOf({ contentCredentials: long }), zh));
  expect(boxes(picture).length).toBeGreaterThan(1);
  for (const [name = ''] of boxes(picture)) expect(name.replace(/&\w+;/g, '.').length).toBeLessThan(26);
  expect(picture).not.toContain('<b>');
  expect(picture).toContain(`aria-label="${inChinese('page.phrase.picture')}"`);
});

it('is left out where there is one step', () => {
  const alone = {
    ...listed,
    manifests: (listed.manifests ?? []).slice(0, 1).map((one) => ({ ...one, ingredients: [] })),
  };
  expect(renderHtml(reportOf({ contentCredentials: alone }))).not.toContain('class="picture"');
});
