import { trustStatus } from '../../trust-lists/status.js';
import type { StatusWarning } from '../../trust-lists/status-warnings.js';
import type { Part } from '../part.js';

const NAME = 'Trust lists';
const INSTALL =
  '`assay trust update` fetches the published lists; `assay trust import DIR` takes them from a folder.';

/** Which lists of signers are installed: read the way inspections read them. */
export async function trustParts(dir: string, now: Date): Promise<Part[]> {
  const { files, faults, warnings } = await trustStatus(dir, now);
  const installed = files.filter((file) => file.installed);
  const unusable = faults.filter((fault) => fault.affects !== undefined);
  if (installed.length === 0) {
    return [
      {
        id: 'trust-lists',
        name: NAME,
        state: 'not-found',
        detail: `none in ${dir}`,
        lost: 'Reports say of every signer that no list was checked: a known company is not told apart from anyone who made a certificate at home.',
        remedy: INSTALL,
      },
    ];
  }
  const trouble = [
    ...unusable.map(({ file, reason }) => `${file}: ${reason}`),
    ...[...shared(warnings)].map(([text, files]) => `${files.join(', ')}: ${text}`),
  ];
  return [
    {
      id: 'trust-lists',
      name: NAME,
      state: trouble.length === 0 ? 'found' : 'limited',
      detail: `${installed.map(({ file }) => file).join(', ')} in ${dir}`,
      ...(trouble.length === 0
        ? {}
        : { lost: trouble.join(' '), remedy: '`assay trust status` says more of each.' }),
    },
  ];
}

/** What several lists have in common is said once, of all of them. */
function shared(warnings: readonly StatusWarning[]): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const { text, file } of warnings) files.set(text, [...(files.get(text) ?? []), file]);
  return files;
}
