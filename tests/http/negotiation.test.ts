import { describe, expect, it } from 'vitest';
import { prefersHtml } from '../../src/http/contract/negotiation.js';

describe('prefersHtml', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['application/json', false],
    ['application/problem+json', false],
    ['text/html', true],
    ['TEXT/HTML', true],
    ['text/*', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html,application/json', false],
    ['application/json,text/html;q=0.9', false],
    ['application/json;q=0.5,text/html;q=0.6', true],
    ['text/html;q=0', false],
    ['text/html;q=0,*/*', false],
    ['text/html;q=nonsense', false],
    ['text/html;level=1;q=0.4,*/*;q=0.3', true],
    ['image/png', false],
    [`${'a/b,'.repeat(100_000)}text/html`, false],
  ])('%.60s → %s', (accept, expected) => {
    expect(prefersHtml(accept)).toBe(expected);
  });
});
