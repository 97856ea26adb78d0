import { checkCalls } from '../../isolation/call-check.js';
import { type Said, said } from '../../say/said.js';
import type { Part } from '../part.js';
import { KNOWN_FILES, KNOWN_TRUST } from '../self-test.js';

/** Both engines read it. */
const FILE = `${KNOWN_FILES}intact.png`;

/** Whether the filter of readers knows all system calls of the Node that runs this. */
export async function systemCallParts(): Promise<Part[]> {
  const id = 'system-calls';
  const { version } = process;
  const checked = await checkCalls({ file: FILE, trustDir: KNOWN_TRUST });
  if (checked === undefined) return [{ id, state: 'not-found', detail: said('doctor.calls.notLookedAt') }];
  const { unknown: names, more } = checked;
  if (names.length === 0 && !more)
    return [{ id, state: 'found', detail: said('doctor.calls.known', { version }) }];
  const detail =
    names.length === 0
      ? said('doctor.calls.more', { version })
      : said('doctor.calls.unknown', { version, names });
  return [
    { id, state: 'failed', detail, lost: said('doctor.calls.lost'), remedy: said('doctor.calls.remedy') },
  ];
}

/** The same among the reasons why nothing is served: none where it is no cause. */
export async function unknownCallFaults(): Promise<Said[]> {
  const names = (await checkCalls({ file: FILE, trustDir: KNOWN_TRUST }))?.unknown ?? [];
  return names.length === 0 ? [] : [said('start.selfTest.calls', { version: process.version, names })];
}
