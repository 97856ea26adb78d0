import { type Message, message } from '../../../i18n/message.js';
import { checkCalls } from '../../../inspect/pool/call-check.js';
import type { DoctorPart } from '../part.js';
import { KNOWN_FILES, KNOWN_TRUST } from '../self-test.js';

/** Both engines read this file. */
const FILE = `${KNOWN_FILES}intact.png`;

/** Checks whether the seccomp filter of readers knows all system calls of the running Node. */
export async function checkSystemCalls(): Promise<DoctorPart[]> {
  const id = 'system-calls';
  const { version } = process;
  const checked = await checkCalls({ file: FILE, trustDir: KNOWN_TRUST });
  if (checked === undefined) return [{ id, state: 'not-found', detail: message('doctor.calls.notLookedAt') }];
  const { unknown: names, more } = checked;
  if (names.length === 0 && !more)
    return [{ id, state: 'found', detail: message('doctor.calls.known', { version }) }];
  const detail =
    names.length === 0
      ? message('doctor.calls.more', { version })
      : message('doctor.calls.unknown', { version, names });
  return [
    {
      id,
      state: 'failed',
      detail,
      lost: message('doctor.calls.lost'),
      remedy: message('doctor.calls.remedy'),
    },
  ];
}

/** Returns the unknown system calls as a reason why the service does not start; empty if there are none. */
export async function findUnknownCallFaults(): Promise<Message[]> {
  const names = (await checkCalls({ file: FILE, trustDir: KNOWN_TRUST }))?.unknown ?? [];
  return names.length === 0 ? [] : [message('start.selfTest.calls', { version: process.version, names })];
}
