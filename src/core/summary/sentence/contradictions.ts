import { type Message, message } from '../../../i18n/message.js';
import type { SignalOrigins } from '../../detectors/signal-origins.js';
import type { Signal } from '../../report/signal.js';
import { signalRowOf } from '../../signals/index.js';
import type { StatementMaker } from '../../signals/row.js';
import { toolMessage } from '../terms.js';

/** Origin of a signal, for texts about contradictions. */
type MakerCode =
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

/** Returns the sentence on a capture and a generation that exclude each other. */
export function exclusionMessage(
  [capture, generation]: readonly [Signal, Signal],
  origins: SignalOrigins,
): Message {
  const [by, other] = [makerMessage('by', capture, origins), makerMessage('by', generation, origins)];
  return by.id === 'contradiction.by.iptc' && other.id === by.id
    ? message('sentence.conflict.twoLabels')
    : message('sentence.conflict.excludes', { capture: by, generation: other });
}

/** Returns the message that names the origin. `first`: at the start of a sentence; `by`: within one. */
export function makerMessage(at: 'first' | 'by', signal: Signal, origins: SignalOrigins): Message {
  const speaker = MAKER_CODES[signalRowOf(signal.id).maker];
  if (speaker !== 'label' && speaker !== 'trace') return message(`contradiction.${at}.${speaker}`);
  const tool = origins.toolOf(signal);
  return tool === undefined
    ? message(`contradiction.${at}.${speaker}`)
    : message(`contradiction.${at}.${speaker}Of`, { tool: toolMessage(tool) });
}

const MAKER_CODES: Readonly<Record<StatementMaker, MakerCode>> = {
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
