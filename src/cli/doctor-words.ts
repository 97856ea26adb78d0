import type { PartState } from '../doctor/part.js';
import type { SelfTestRow } from '../doctor/self-test.js';
import type { Language } from '../say/languages.js';

/** The frame around what the parts say (src/doctor/words-zh.ts has their own words). */
export interface DoctorWords {
  states: Record<PartState, string>;
  outcomes: Record<SelfTestRow['outcome'], string>;
  selfTest(passed: boolean, seconds: string): string;
  expected: string;
  fails: string;
  whole: string;
  without(parts: number): string;
}

export const DOCTOR_WORDS: Record<Language, DoctorWords> = {
  en: {
    states: {
      found: 'found',
      limited: 'in part',
      'not-found': 'not found',
      'not-used': 'not used',
      failed: 'does not work',
    },
    outcomes: {
      right: 'as it must',
      wrong: 'WRONG',
      missing: 'no such engine here',
      silent: 'NO ANSWER',
    },
    selfTest: (passed, seconds) =>
      `${passed ? 'Self-test: every answer was as it must be' : 'Self-test: NOT passed'} (${seconds} s)`,
    expected: '; expected: ',
    fails: 'Assay does not work here as it should: see ▲ above.',
    whole: 'Everything Assay can use is here.',
    without: (parts) =>
      `Assay works here; ${parts} ${parts === 1 ? 'part is' : 'parts are'} missing or incomplete.`,
  },
  'zh-Hans': {
    states: {
      found: '有',
      limited: '部分可用',
      'not-found': '没有',
      'not-used': '未使用',
      failed: '无法工作',
    },
    outcomes: { right: '符合预期', wrong: '不符', missing: '此处没有该引擎', silent: '没有应答' },
    selfTest: (passed, seconds) => `${passed ? '自检：所有回答均符合预期' : '自检：未通过'}（${seconds} 秒）`,
    expected: '；应为：',
    fails: 'Assay 在此无法正常工作：见上方 ▲。',
    whole: 'Assay 可使用的部分在此齐备。',
    without: (parts) => `Assay 可在此工作；有 ${parts} 个部分缺少或不完整。`,
  },
};
