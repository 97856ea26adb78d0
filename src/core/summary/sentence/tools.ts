import { isC2paLibrary } from '../../detectors/c2pa-tools.js';
import type { Signal, SignalId } from '../../report/signal.js';

/** Returns the software agent of a step unless it is a C2PA library, which makes nothing. */
export const findStepTool = ({ softwareAgent }: { softwareAgent?: string }): string | undefined =>
  softwareAgent === undefined || isC2paLibrary(softwareAgent) ? undefined : softwareAgent;

/** Declarations by which makers state that their own tool made the content. */
const DECLARED: Readonly<Partial<Record<SignalId, string>>> = {
  'c2pa.declaration.adobeFirefly': 'Adobe Firefly',
  'c2pa.declaration.microsoftAiImage': 'Image Creator from Designer',
};

/** Returns the tool that the signer’s statement names, recognised by its form. */
export function findDeclaredTool(words: string | undefined, signals: readonly Signal[]): string | undefined {
  if (words === undefined) return undefined;
  const form = signals.find(
    ({ id, value, backing }) => value === words && backing !== 'invalid' && DECLARED[id] !== undefined,
  );
  return form && DECLARED[form.id];
}
