import { type Message, message } from '../../i18n/message.js';
import { diagnostics } from '../../inspect/protocol/diagnostics.js';
import type { IsolationStatus } from '../../inspect/protocol/isolation-status.js';
import { type Io, printMessage } from './io.js';

/**
 * Prints on stderr, one line per change, when files are read with less isolation than a sandbox. A sandbox that the
 * operator switched off is reported only with `always`, for commands that keep running. `already` is the status known
 * before the subscription. Returns the function that ends the subscription.
 */
export function printIsolationStatus(
  io: Io,
  { always = false, already }: { always?: boolean; already?: IsolationStatus | undefined } = {},
) {
  let isReduced = false;
  const onStatus = (held: IsolationStatus) => {
    if (held.reason === undefined) {
      if (isReduced) printMessage(io, message('isolation.reported.back'));
      isReduced = false;
    } else if (always || held.reason !== 'switched-off') {
      isReduced = true;
      printMessage(io, isolationMessage(held));
    }
  };
  if (already !== undefined) onStatus(already);
  return diagnostics.isolationStatus.subscribe(onStatus);
}

function isolationMessage({
  message: held,
  missing: lost,
  remedy,
  reason: because,
}: IsolationStatus): Message {
  // An operator who switched the sandbox off needs no remedy.
  const more = [lost, because === 'switched-off' ? undefined : remedy].filter((one) => one !== undefined);
  const [one, other] = more;
  if (one === undefined)
    return message('isolation.reported', { held, more: message('text.asWritten', { text: '' }) });
  return message('isolation.reported', {
    held,
    more: other === undefined ? one : message('doctor.sentences', { one, other }),
  });
}
