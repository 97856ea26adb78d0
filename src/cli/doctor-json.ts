import type { Diagnosis } from '../doctor/diagnose.js';
import { partTold } from '../doctor/part.js';
import type { Speech } from '../say/speech.js';

/** `assay doctor --json`: the words are in English unless another language was asked for. */
export function published({ parts, selfTest, ...diagnosis }: Diagnosis, speech: Speech) {
  return {
    schema: 'assay.doctor/1',
    ...diagnosis,
    parts: parts.map((part) => partTold(part, speech)),
    ...(selfTest && {
      selfTest: { ...selfTest, rows: selfTest.rows.map((row) => ({ ...row, got: speech.say(row.got) })) },
    }),
  };
}
