import { type Message, message, type PlainMessageId } from '../../i18n/message.js';
import type { TraceGrade } from '../signals/backing.js';

/**
 * Providers that public sources name for a unified social credit code (USCC) in GB 45438 labels. This is a look-up and
 * not part of the file: a code identifies the legal entity that offers a service, not its model. If sources disagree,
 * all their names are listed.
 */
export interface ProviderRow {
  uscc: string;
  names: readonly ProviderName[];
}

export interface ProviderName {
  /** Name used by the company, or a message id if the name differs by language. */
  name: string | Message;
  grade: TraceGrade;
  source: PlainMessageId;
}

const COLLECTED = 'fact.source.collected';

export const GB45438_PROVIDERS = [
  {
    uscc: '91440300MA5G49LC9K',
    names: [{ name: message('fact.provider.honor'), grade: 'O', source: COLLECTED }],
  },
  {
    uscc: '91110102MACQD9K640',
    names: [{ name: message('fact.provider.doubao'), grade: 'V', source: 'fact.source.doubao' }],
  },
  {
    uscc: '9144030008867405X2',
    names: [{ name: message('fact.provider.jimeng'), grade: 'V', source: 'fact.source.jimeng' }],
  },
  { uscc: '91440101MA9Y9T4H7A', names: [{ name: 'Qwen', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91330106MA2CFLDG4R',
    names: [{ name: 'Tongyi Yunqi (Wan, HappyHorse)', grade: 'O', source: COLLECTED }],
  },
  {
    uscc: '91110108335469089C',
    names: [{ name: message('fact.provider.kling'), grade: 'O', source: COLLECTED }],
  },
  {
    uscc: '91440300708461136T',
    names: [{ name: message('fact.provider.yuanbao'), grade: 'O', source: COLLECTED }],
  },
  { uscc: '91340100MAEB4N8H76', names: [{ name: 'RunningHub', grade: 'O', source: COLLECTED }] },
  {
    uscc: '91110000802100433B',
    names: [
      { name: message('fact.provider.baidu'), grade: 'O', source: COLLECTED },
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
    names: [{ name: message('fact.provider.vidu'), grade: 'O', source: COLLECTED }],
  },
] as const satisfies readonly ProviderRow[];
