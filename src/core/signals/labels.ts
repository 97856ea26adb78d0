import { CREDIT_LINE, IPTC, IPTC_AI } from './families.js';
import type { SignalRow } from './row.js';

const OF_AI = { ...CREDIT_LINE, decides: 'iptc' } as const;

/** Standard labels other than GB 45438: IPTC properties and credit lines. */
export const LABEL_SIGNALS = {
  // IPTC 2025.1: engine or model used to generate the image.
  'iptc.ai.systemUsed': {
    ...IPTC_AI,
    states: 'ai-generated',
    decides: 'iptc-system',
    contradicts: ['stated'],
    gathering: { fact: 'file.aiMark.unsigned', isRequired: true },
  },
  'iptc.ai.systemVersionUsed': IPTC_AI,
  'iptc.ai.promptInformation': IPTC_AI,
  'iptc.ai.promptWriterName': IPTC_AI,
  'iptc.credit.googleMade': { ...OF_AI, states: 'ai-generated' },
  'iptc.credit.googleEdited': { ...OF_AI, states: 'ai-edited' },
  'iptc.credit.appleCleanUp': { ...OF_AI, states: 'ai-edited' },
  'iptc.credit.appleImagePlayground': CREDIT_LINE,
  'iptc.dataMining': IPTC,
} as const satisfies Record<string, SignalRow>;
