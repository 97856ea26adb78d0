import type { Translator } from '../../i18n/translator.js';
import type { StoredReport } from '../report/report.js';
import type { PictureSearch } from '../signatures/vendor-checkers.js';
import type { NextAction } from '../summary/guidance.js';

/** Deed that a next step asks for. Each renderer offers it in its own way: a link, a button, an option. */
export type StepAct =
  /** Ask again about the same file with one option more. */
  | { is: 'again'; option: 'visible' | 'deep' }
  | { is: 'open-part'; number: number }
  /** Third-party page; opening it sends nothing of the file. */
  | { is: 'open'; address: string }
  /** Third-party sites that search by picture, of which `address` is one. */
  | { is: 'search'; address: string; sites: readonly PictureSearch[] }
  | { is: 'give-file' }
  /** `address`: where the file says its credentials are; it comes from the file, so nothing links to it. */
  | { is: 'give-credentials'; address?: string }
  | { is: 'ask' }
  | { is: 'look' };

export interface NextStep {
  code: NextAction['code'];
  text: string;
  act: StepAct;
}

export function toNextStep(
  action: NextAction,
  { contentCredentials: { remoteUrl } }: StoredReport,
  translator: Translator,
): NextStep {
  return {
    code: action.code,
    text: translator.translate(action.userMessage),
    act: actOf(action, remoteUrl),
  };
}

/** Returns the number of the part that the step opens; `undefined` for any other step. */
export const partToOpen = ({ code, userMessage }: NextAction): number | undefined =>
  code === 'open-part' ? Number(userMessage.params?.['number']) : undefined;

function actOf(action: NextAction, remoteUrl: string | undefined): StepAct {
  const { code, address, searches } = action;
  if (address !== undefined)
    return searches === undefined ? { is: 'open', address } : { is: 'search', address, sites: searches };
  switch (code) {
    case 'words':
      return { is: 'again', option: 'visible' };
    case 'pixels':
      return { is: 'again', option: 'deep' };
    case 'open-part':
      return { is: 'open-part', number: partToOpen(action) ?? 0 };
    case 'fetch-elsewhere':
      return { is: 'give-credentials', ...(remoteUrl === undefined ? {} : { address: remoteUrl }) };
    case 'try-again':
    case 'whole-copy':
    case 'media-file':
      return { is: 'give-file' };
    case 'ask':
      return { is: 'ask' };
    default:
      return { is: 'look' };
  }
}
