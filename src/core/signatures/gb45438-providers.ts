import type { Grade } from '../signal.js';

/**
 * Whom public sources name for a unified social credit code (USCC) found in GB 45438 labels. A look-up and nothing
 * that stands in the file: a code names the legal entity that offers a service, not the model behind it. Where
 * sources disagree all their names stand here.
 */
export interface ProviderRow {
  uscc: string;
  names: readonly { name: string; grade: Grade; source: string }[];
}

const COLLECTED =
  'producer list in wiltodelta/remove-ai-watermarks, collected from labels in public samples (2026-09/10)';

export const GB45438_PROVIDERS = [
  { uscc: '91440300MA5G49LC9K', names: [{ name: 'Honor (YOYO)', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91110102MACQD9K640',
    names: [{ name: 'ByteDance (Doubao)', grade: 'V', source: `${COLLECTED}; Doubao samples` }],
  },
  {
    uscc: '9144030008867405X2',
    names: [{ name: 'Jimeng', grade: 'V', source: `${COLLECTED}; Jimeng samples` }],
  },
  { uscc: '91440101MA9Y9T4H7A', names: [{ name: 'Qwen', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91330106MA2CFLDG4R',
    names: [{ name: 'Tongyi Yunqi (Wan, HappyHorse)', grade: 'O', source: COLLECTED }],
  },
  { uscc: '91110108335469089C', names: [{ name: 'Kuaishou (Kling)', grade: 'O', source: COLLECTED }] },
  { uscc: '91440300708461136T', names: [{ name: 'Tencent (Yuanbao)', grade: 'O', source: COLLECTED }] },
  { uscc: '91340100MAEB4N8H76', names: [{ name: 'RunningHub', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91110000802100433B',
    names: [
      { name: 'Baidu', grade: 'O', source: COLLECTED },
      {
        name: 'Qwen',
        grade: 'C',
        source: 'one blog on labels in Qwen pictures; other sources give Qwen another code',
      },
    ],
  },
  { uscc: '91110105MACJ6K1C8A', names: [{ name: 'LiblibAI', grade: 'O', source: COLLECTED }] },
  { uscc: '91110108MACC4D63XF', names: [{ name: 'ShengShu (Vidu)', grade: 'O', source: COLLECTED }] },
] as const satisfies readonly ProviderRow[];
