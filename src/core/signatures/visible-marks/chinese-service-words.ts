import type { VisibleMarkRow } from './row.js';

/** Name of a Chinese service with AI, without a word for generated. */
export const CHINESE_SERVICE_WORDS = {
  id: 'visible-chinese-service-words',
  signal: 'visible.text',
  service: 'Doubao, Qwen, Kling, Yuanbao, Baidu',
  corners: ['lowerRight'],
  look: {
    kind: 'words',
    pattern: /(?:豆包|千问|可灵|元宝|百度)A[Il1|](?![A-Za-z])/u,
  },
  grade: 'T',
  source: 'wiltodelta/remove-ai-watermarks, documentation of August 2026',
} as const satisfies VisibleMarkRow;
