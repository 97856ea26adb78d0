import { diagnostics } from '../isolation/diagnostics.js';
import type { Held } from '../isolation/held.js';
import { type Said, said } from '../say/said.js';
import { type Io, tell } from './io.js';

/**
 * Says on stderr when files are read with less around them than a sandbox, in one line each time that changes. What the
 * operator chose is told by what runs on alone (`always`); `already`: what was known before anybody listened. Gives back what
 * ends it.
 */
export function tellHeld(
  io: Io,
  { always = false, already }: { always?: boolean; already?: Held | undefined } = {},
) {
  let without = false;
  const hear = (held: Held) => {
    if (held.because === undefined) {
      if (without) tell(io, said('held.told.back'));
      without = false;
    } else if (always || held.because !== 'switched-off') {
      without = true;
      tell(io, lineOf(held));
    }
  };
  if (already !== undefined) hear(already);
  return diagnostics.held.subscribe(hear);
}

function lineOf({ said: held, lost, remedy, because }: Held): Said {
  // Whoever switched it off knows how to have it.
  const more = [lost, because === 'switched-off' ? undefined : remedy].filter((one) => one !== undefined);
  const [one, other] = more;
  if (one === undefined) return said('held.told', { held, more: said('text.asWritten', { text: '' }) });
  return said('held.told', {
    held,
    more: other === undefined ? one : said('held.sentences', { one, other }),
  });
}
