import { type PlainId, type Said, said } from '../../say/said.js';
import type { Grade } from '../signals/backing.js';

/**
 * Whom public sources name for a unified social credit code (USCC) found in GB 45438 labels. A look-up and nothing
 * that stands in the file: a code names the legal entity that offers a service, not the model behind it. Where
 * sources disagree all their names stand here.
 */
export interface ProviderRow {
  uscc: string;
  names: readonly ProviderName[];
}

export interface ProviderName {
  /** As the company writes it, or the id of its name where languages differ. */
  name: string | Said;
  grade: Grade;
  source: PlainId;
}

const COLLECTED = 'fact.source.collected';

export const GB45438_PROVIDERS = [
  {
    uscc: '91440300MA5G49LC9K',
    names: [{ name: said('fact.provider.honor'), grade: 'O', source: COLLECTED }],
  },
  {
    uscc: '91110102MACQD9K640',
    names: [{ name: said('fact.provider.doubao'), grade: 'V', source: 'fact.source.doubao' }],
  },
  {
    uscc: '9144030008867405X2',
    names: [{ name: said('fact.provider.jimeng'), grade: 'V', source: 'fact.source.jimeng' }],
  },
  { uscc: '91440101MA9Y9T4H7A', names: [{ name: 'Qwen', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91330106MA2CFLDG4R',
    names: [{ name: 'Tongyi Yunqi (Wan, HappyHorse)', grade: 'O', source: COLLECTED }],
  },
  {
    uscc: '91110108335469089C',
    names: [{ name: said('fact.provider.kling'), grade: 'O', source: COLLECTED }],
  },
  {
    uscc: '91440300708461136T',
    names: [{ name: said('fact.provider.yuanbao'), grade: 'O', source: COLLECTED }],
  },
  { uscc: '91340100MAEB4N8H76', names: [{ name: 'RunningHub', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91110000802100433B',
    names: [
      { name: said('fact.provider.baidu'), grade: 'O', source: COLLECTED },
      {
        name: 'Qwen',
        grade: 'C',
        source: 'fact.source.qwenBlog',
      },
    ],
  },
  { uscc: '91110105MACJ6K1C8A', names: [{ name: 'LiblibAI', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91110108MACC4D63XF',
    names: [{ name: said('fact.provider.vidu'), grade: 'O', source: COLLECTED }],
  },
] as const satisfies readonly ProviderRow[];
