import { faultSaid } from '../../core/ground/fault.js';
import { type Said, said } from '../../say/said.js';
import { trustStatus } from '../../trust-lists/status.js';
import type { StatusWarning } from '../../trust-lists/status-warnings.js';
import type { Part } from '../part.js';

/** Which lists of signers are installed: read the way inspections read them. */
export async function trustParts(dir: string, now: Date): Promise<Part[]> {
  const { files, faults, warnings } = await trustStatus(dir, now);
  const installed = files.filter((file) => file.installed);
  const unusable = faults.filter((fault) => fault.affects !== undefined);
  if (installed.length === 0) {
    return [
      {
        id: 'trust-lists',
        state: 'not-found',
        detail: said('doctor.trust.none', { folder: dir }),
        lost: said('doctor.trust.none.lost'),
        remedy: said('doctor.trust.none.remedy'),
      },
    ];
  }
  const trouble = [
    ...unusable.map((fault) => said('doctor.trust.trouble', { files: [fault.file], what: faultSaid(fault) })),
    ...shared(warnings),
  ];
  const detail = said('doctor.trust.found', { files: installed.map(({ file }) => file), folder: dir });
  if (trouble.length === 0) return [{ id: 'trust-lists', state: 'found', detail }];
  const lost = trouble.reduce((one, other) => said('doctor.sentences', { one, other }));
  return [{ id: 'trust-lists', state: 'limited', detail, lost, remedy: said('doctor.trust.more') }];
}

/** What several lists have in common is said once, of all of them. */
function shared(warnings: readonly StatusWarning[]): Said[] {
  const found = new Map<string, { files: string[]; what: Said }>();
  for (const { said: what, file } of warnings) {
    const key = JSON.stringify(what);
    found.set(key, { what, files: [...(found.get(key)?.files ?? []), file] });
  }
  return [...found.values()].map((one) => said('doctor.trust.trouble', one));
}
