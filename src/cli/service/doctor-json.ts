import type { Translator } from '../../i18n/translator.js';
import type { Diagnosis } from '../../service/doctor/diagnose.js';
import { toDoctorPartView } from '../../service/doctor/part.js';

/** Returns the output of `assay doctor --json`. Texts are in English unless another language was requested. */
export function toDoctorJson({ parts, selfTest, ...diagnosis }: Diagnosis, speech: Translator) {
  return {
    schema: 'assay.doctor/1',
    ...diagnosis,
    parts: parts.map((part) => toDoctorPartView(part, speech)),
    ...(selfTest && {
      selfTest: {
        ...selfTest,
        rows: selfTest.rows.map((row) => ({ ...row, got: speech.translate(row.got) })),
      },
    }),
  };
}
