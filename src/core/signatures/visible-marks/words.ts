/**
 * Words that stand in the corners of pictures as a notice of AI. The program that reads them takes I, l and 1 for each
 * other and 生 for 主, so the patterns do as well; a Report says the words as they were read. A lone "AI" is no notice.
 */
export interface VisibleWordsRow {
  id: string;
  /** Matched against the words of one line without spaces. */
  pattern: RegExp;
  source: string;
  /** `S`: read in a sample of the maker; `T`: another party measured samples; `C`: the wording alone is known. */
  grade: 'S' | 'T' | 'C';
}

export const VISIBLE_WORDS: readonly VisibleWordsRow[] = [
  {
    id: 'gb45438',
    pattern:
      /(?:(?:豆包|千问|可灵|元宝|百度|即梦))?(?<![A-Za-z])(?:A[Il1|]|人工智能)(?:内容|辅助)?(?:[生主]成|合成)(?:内容)?|(?:[生主]成|合成)(?:A[Il1|](?![A-Za-z])|人工智能)/u,
    source: 'GB 45438-2025, 5.2 and 5.4: AI or 人工智能 with 生成 or 合成',
    grade: 'S',
  },
  {
    id: 'maker-ai',
    pattern: /(?:豆包|千问|可灵|元宝|百度)A[Il1|](?![A-Za-z])/u,
    source: 'wiltodelta/remove-ai-watermarks, documentation of August 2026',
    grade: 'T',
  },
  {
    id: 'samsung-it',
    pattern: /Contenutigeneratidall['’‘]?A?[Il1|]?/iu,
    source: 'Galaxy AI, pictures of 2025 with the notice in Italian',
    grade: 'S',
  },
  {
    id: 'ai-generated',
    pattern: /(?<![A-Za-z])A[Il1|][-‐–]?generated(?![A-Za-z])/iu,
    source: 'EU Code of Practice on marking, June 2026: icon AI GENERATED',
    grade: 'C',
  },
  {
    id: 'pika',
    pattern: /MadewithPika/iu,
    source: 'Pika, videos of 2025: MADE WITH PIKA, moving from corner to corner',
    grade: 'S',
  },
];
