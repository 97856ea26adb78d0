import { describe, expect, it } from 'vitest';
import { isAllowedByRobots } from '../../../src/service/fetching/robots.js';

describe('robots.txt (RFC 9309)', () => {
  it.each<[string, string, string, boolean]>([
    ['nothing', '', '/a', true],
    ['another program', 'User-agent: other\nDisallow: /', '/a', true],
    ['everybody', 'User-agent: *\nDisallow: /', '/a', false],
    ['us by name', 'User-agent: ASSAY/2.0\nDisallow: /', '/a', false],
    ['us rather than everybody', 'User-agent: *\nDisallow: /\n\nUser-agent: assay\nDisallow: /b', '/a', true],
    ['several at once', 'User-agent: other\nUser-agent: assay\nDisallow: /a', '/a', false],
    [
      'two groups of the same',
      'user-agent: assay\ndisallow: /a\nuser-agent: x\ndisallow: /c\nuser-agent: assay\ndisallow: /b',
      '/b',
      false,
    ],
    ['an empty rule', 'User-agent: *\nDisallow:', '/a', true],
    ['a comment and spaces', '\uFEFF  User-agent : *  # all\r\n Disallow : /a # no', '/a/b', false],
    ['the longest rule', 'User-agent: *\nDisallow: /\nAllow: /open/', '/open/a', true],
    ['of two as long the kinder', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['a wildcard', 'User-agent: *\nDisallow: /*.png', '/x/a.png?w=1', false],
    ['an end', 'User-agent: *\nDisallow: /*.png$', '/x/a.png?w=1', true],
    ['an end that is met', 'User-agent: *\nDisallow: /*.png$', '/x/a.png.png', false],
    ['an end of all', 'User-agent: *\nDisallow: /a$', '/ab', true],
    ['pieces that may not overlap', 'User-agent: *\nDisallow: /ab*bc$', '/abc', true],
    ['octets beyond ASCII', 'User-agent: *\nDisallow: /é', '/%c3%A9/x', false],
    ['octets that need no encoding', 'User-agent: *\nDisallow: /%7Ea', '/~a', false],
    ['rules before any group', 'Disallow: /', '/a', true],
    ['a page in its place', '<!doctype html><p>User-agent: *', '/a', true],
  ])('%s', (_name, text, path, allowed) => expect(isAllowedByRobots(text, path)).toBe(allowed));

  it('takes no longer for rules made to take long', () => {
    const rule = `Disallow: /${'*a'.repeat(1_000)}b`;
    const text = `User-agent: *\n${Array.from({ length: 240 }, () => rule).join('\n')}`;
    const before = process.cpuUsage();
    expect(isAllowedByRobots(text, `/${'a'.repeat(2_000)}`)).toBe(true);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
