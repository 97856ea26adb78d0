import { describe, expect, it } from 'vitest';
import { userLanguage } from '../../src/cli/shared/language.js';
import { temporaryDirectory } from '../http/posting.js';
import { inChinese } from '../i18n/english.js';
import { assayHere } from './run-here.js';
import { assay, fixture } from './spawn-assay.js';

const CHINESE = { LANG: 'zh_CN.UTF-8' };
const PLAIN = fixture('plain/plain.jpg');

describe('the language of a terminal', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh-Hans'],
    [{ LANG: 'zh_TW.UTF-8' }, 'en'],
    [{ LANG: 'de_DE@euro' }, 'en'],
    [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'zh_SG' }, 'zh-Hans'],
    [{ LC_ALL: 'C', LC_MESSAGES: 'zh_CN', LANG: 'zh_CN' }, 'en'],
    [{ LC_ALL: '', LANG: 'zh_CN' }, 'zh-Hans'],
  ])('is that of %j: %s', (env, language) => {
    expect(userLanguage(undefined, env)).toBe(language);
    expect(userLanguage('zh-Hans', env)).toBe('zh-Hans');
  });

  it('is what a report, the trust lists and the rulebooks are told in', async () => {
    const trust = { ASSAY_TRUST_DIR: temporaryDirectory() };
    const [report, english, status, asked, books] = await Promise.all([
      assayHere(['inspect', PLAIN], { ...CHINESE, ...trust }),
      assayHere(['inspect', '--lang', 'en', PLAIN], { ...CHINESE, ...trust }),
      assayHere(['trust', 'status'], { ...CHINESE, ...trust }),
      assayHere(['trust', 'status', '--lang', 'zh-Hans'], trust),
      assayHere(['rulebooks'], CHINESE),
    ]);
    expect(report.stdout).toContain('未发现内容凭证');
    expect(english.stdout).toContain('No Content Credentials');
    expect(status.stdout).toContain(
      `${inChinese('place.list.c2paTsa')}：C2PA-TSA-TRUST-LIST.pem\n  ${inChinese('trust.shipped')}`,
    );
    expect(status.stdout).toContain(inChinese('trust.shipped.remedy'));
    expect(asked.stdout).toBe(status.stdout);
    expect(books.stdout).toContain('当日适用');
  });

  it('is not what programs read', async () => {
    const json = ['inspect', '--json', PLAIN];
    const [english, chinese] = [await assayHere(json), await assayHere(json, CHINESE)];
    expect(chinese.stdout).toBe(english.stdout);
    const asked = await assayHere([...json, '--lang', 'zh-Hans']);
    expect(JSON.parse(asked.stdout).tool.language).toBe('zh-Hans');
  });

  it('is what doctor is told in, in columns', async () => {
    const { stdout, code } = await assay(['doctor', '--lang', 'zh-Hans'], {
      ASSAY_DATA_DIR: temporaryDirectory(),
      PATH: temporaryDirectory(),
    });
    expect(code).toBe(0);
    expect(stdout).toContain('● 信任列表             有             ');
    expect(stdout).toContain('● 原生 C2PA 引擎       有             ');
    expect(stdout).toMatch(/Assay 可在此工作；有 \d+ 个部分缺少或不完整。/);
  });
});
