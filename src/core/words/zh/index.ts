import { speechOf } from '../../../say/speech.js';
import { meaningsIn } from '../../signals/meaning.js';
import type { Words } from '../words.js';
import { ours } from './ours.js';

/**
 * Simplified Chinese, in the terms of GB 45438-2025 and of the labelling measures (隐式标识, 显式标识, 生成合成, 元数据).
 * Neutral on purpose: it says what a file declares and what was looked at, never that something is so.
 */
export const zh: Words = {
  language: 'zh-Hans',
  ours,
  signals: meaningsIn(speechOf('zh-Hans')),
};
