import { type Message, message } from '../../../i18n/message.js';
import type { Signal } from '../../report/signal.js';

/** Returns what was seen in the picture itself, as hints; each kind of mark once. */
export function visibleMarkSentences(signals: readonly Signal[]): Message[] {
  return [
    ...signals.filter(({ id }) => id === 'visible.star').slice(0, 1),
    ...signals.filter(({ id }) => id === 'visible.text').slice(0, 1),
  ].flatMap(visibleMarkSentence);
}

function visibleMarkSentence({ value, basis: [basis] }: Signal): Message[] {
  const region = basis?.region;
  if (region === undefined) return [];
  const { corner, height, pictureWidth, pictureHeight, seconds = [] } = region;
  if (value === undefined) return [message('sentence.visibleStar', { corner })];
  const percent = Math.round((100 * height) / Math.min(pictureWidth, pictureHeight));
  const text = message('text.quoted', { text: value });
  return [
    message('sentence.visibleText', {
      text,
      corner,
      percent,
      count: seconds.length,
      seconds: seconds.join(', '),
    }),
  ];
}
