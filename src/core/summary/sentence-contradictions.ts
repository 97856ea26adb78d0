import { type Said, said } from '../../say/said.js';
import type { SignalOrigins } from '../detectors/signal-origins.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Party } from '../signals/row.js';
import { toolSaid } from './terms.js';

/** Whose statement a signal is, for the words about two that do not go together. */
type Speaker =
  | 'manifest'
  | 'iptcCredit'
  | 'iptc'
  | 'gb45438'
  | 'exif'
  | 'camera'
  | 'recorder'
  | 'watermark'
  | 'proof'
  | 'label'
  | 'trace';

/** `first`: at the beginning of a sentence; `by`: within one. */
export function speakerSaid(at: 'first' | 'by', signal: Signal, origins: SignalOrigins): Said {
  const speaker = SPEAKERS[rowOf(signal.id).by];
  if (speaker !== 'label' && speaker !== 'trace') return said(`contradiction.${at}.${speaker}`);
  const tool = origins.toolOf(signal);
  return tool === undefined
    ? said(`contradiction.${at}.${speaker}`)
    : said(`contradiction.${at}.${speaker}Of`, { tool: toolSaid(tool) });
}

const SPEAKERS: Readonly<Record<Party, Speaker>> = {
  manifest: 'manifest',
  identity: 'trace',
  'iptc-credit': 'iptcCredit',
  iptc: 'iptc',
  gb45438: 'gb45438',
  'platform-label': 'label',
  generator: 'trace',
  proof: 'proof',
  watermark: 'watermark',
  exif: 'exif',
  camera: 'camera',
  recorder: 'recorder',
  editor: 'trace',
  platform: 'trace',
  text: 'trace',
  assay: 'trace',
};
