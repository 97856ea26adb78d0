import type { PlainMessageId } from '../../i18n/message.js';
import type { MediaKind } from '../media/media-kinds.js';

/**
 * Marks that only the vendor's own detector can find, as message ids. The links are for users; Assay never requests
 * them.
 */
export interface UncheckedItem {
  what: PlainMessageId;
  why: PlainMessageId;
  ask?: PlainMessageId;
  link?: string;
}

export interface UncheckedMark extends UncheckedItem {
  kinds: readonly MediaKind[];
}

/** Pixel analysis that is possible for this file but was not requested. */
export const UNREQUESTED_PIXELS: UncheckedItem = {
  what: 'notChecked.pixels.what',
  why: 'notChecked.pixels.why',
  ask: 'notChecked.pixels.ask',
};

/** Pixel analysis of a copy without visible pixels, for which requesting it would not help. */
export const INVISIBLE_PIXELS: UncheckedItem = {
  what: 'notChecked.pixels.what',
  why: 'notChecked.pixels.unseen',
  ask: 'notChecked.pixels.wholeCopy',
};

/** Used for each watermark that a manifest declares by a registered name, which is its maker’s own. */
export const DECLARED_WATERMARK_REASON = 'notChecked.declaredWatermark.why' satisfies PlainMessageId;

/** Checks of Content Credentials that need the network or a list and may therefore be missing. */
export const UNCHECKED_CREDENTIALS = {
  revocation: { what: 'notChecked.revocation.what', why: 'notChecked.revocation.why' },
  trustLists: {
    what: 'notChecked.trustLists.what',
    /** Used if the Report has no specific reason. */
    why: 'notChecked.trustLists.why',
    ask: 'notChecked.trustLists.ask',
  },
  remote: { what: 'notChecked.remote.what', why: 'notChecked.remote.why', ask: 'notChecked.remote.ask' },
} as const satisfies Record<string, UncheckedItem>;

/** Rows with this `why` and no link are grouped on the page. */
const OTHER_MAKERS = 'notChecked.why.makers';

export const UNCHECKED_MARKS: readonly UncheckedMark[] = [
  {
    what: 'notChecked.synthId.what',
    why: 'notChecked.why.maker',
    ask: 'notChecked.synthId.ask',
    link: 'https://openai.com/verify',
    kinds: ['image', 'video', 'audio'],
  },
  {
    what: 'notChecked.trustMark.what',
    why: 'notChecked.trustMark.why',
    ask: 'notChecked.trustMark.ask',
    link: 'https://contentauthenticity.adobe.com/inspect',
    kinds: ['image'],
  },
  { what: 'notChecked.contentSeal.what', why: OTHER_MAKERS, kinds: ['image', 'video'] },
  { what: 'notChecked.videoSeal.what', why: OTHER_MAKERS, kinds: ['image', 'video'] },
  { what: 'notChecked.rivaGan.what', why: OTHER_MAKERS, kinds: ['image'] },
  { what: 'notChecked.audioSeal.what', why: OTHER_MAKERS, kinds: ['audio', 'video'] },
  { what: 'notChecked.digimarc.what', why: OTHER_MAKERS, kinds: ['image'] },
  { what: 'notChecked.nexGuard.what', why: OTHER_MAKERS, kinds: ['video'] },
  {
    what: 'notChecked.audible.what',
    why: 'notChecked.audible.why',
    ask: 'notChecked.audible.ask',
    kinds: ['audio', 'video'],
  },
];
