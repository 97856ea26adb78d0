import type { VisibleMarkRow } from './row.js';

/** Notice that China's GB 45438 asks for, with the name of the service before it if it stands there. A lone AI is no notice. */
export const GB45438_WORDS = {
  id: 'visible-gb45438-words',
  signal: 'visible.text',
  service: 'services that follow GB 45438',
  corners: ['lowerRight', 'lowerLeft', 'upperLeft'],
  look: {
    kind: 'words',
    pattern:
      /(?:(?:豆包|千问|可灵|元宝|百度|即梦))?(?<![A-Za-z])(?:A[Il1|]|人工智能)(?:内容|辅助)?(?:[生主]成|合成)(?:内容)?|(?:[生主]成|合成)(?:A[Il1|](?![A-Za-z])|人工智能)/u,
  },
  grade: 'S',
  source: 'GB 45438-2025, 5.2 and 5.4: AI or 人工智能 with 生成 or 合成',
} as const satisfies VisibleMarkRow;
