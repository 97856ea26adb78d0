import type { Speech } from '../../say/speech.js';
import { PROBLEMS, type ProblemCode } from '../problems.js';
import { details, problems } from './words/zh-problems.js';

/** What a problem is called and means. */
export const problemWords = (code: ProblemCode, { language }: Speech): { title: string; meaning: string } =>
  language === 'zh-Hans' ? problems[code] : PROBLEMS[code];

/** What happened this time; what it means in general where there is nothing more to say. */
export function detailOf(problem: { code: ProblemCode; detail: string }, speech: Speech): string {
  return problem.detail === PROBLEMS[problem.code].meaning
    ? problemWords(problem.code, speech).meaning
    : detailWords(problem.detail, speech);
}

/** What is said of one wrong field, and other details of the moment. */
export const detailWords = (english: string, { language }: Speech): string =>
  language === 'zh-Hans' ? details(english) : english;
