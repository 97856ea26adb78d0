import type { PlainId } from '../../say/said.js';
import type { Kind } from '../media/media-kinds.js';

/**
 * What no file reader can tell without the vendor's own detector, as ids of the catalogues. Links are for people; Assay calls
 * none of them.
 */
export interface Unchecked {
  what: PlainId;
  why: PlainId;
  ask?: PlainId;
  link?: string;
}

export interface UncheckedMark extends Unchecked {
  kinds: readonly Kind[];
}

/** What Assay could look for in this file and was not asked to. */
export const UNASKED_PIXELS: Unchecked = {
  what: 'notChecked.pixels.what',
  why: 'notChecked.pixels.why',
  ask: 'notChecked.pixels.ask',
};

/** The same of a copy that no pixel can be seen of: to ask for them would lead nowhere. */
export const UNSEEN_PIXELS: Unchecked = {
  what: 'notChecked.pixels.what',
  why: 'notChecked.pixels.unseen',
  ask: 'notChecked.pixels.wholeCopy',
};

/** Of each watermark that a manifest declares by a registered name; the name is its maker’s own. */
export const DECLARED_WATERMARK = 'notChecked.declaredWatermark.why' satisfies PlainId;

/** What needs the network or a list, and so may be left unchecked of Content Credentials. */
export const UNCHECKED_CREDENTIALS = {
  revocation: { what: 'notChecked.revocation.what', why: 'notChecked.revocation.why' },
  trustLists: {
    what: 'notChecked.trustLists.what',
    /** Where the Report gives no reason of its own. */
    why: 'notChecked.trustLists.why',
    ask: 'notChecked.trustLists.ask',
  },
  remote: { what: 'notChecked.remote.what', why: 'notChecked.remote.why', ask: 'notChecked.remote.ask' },
} as const satisfies Record<string, Unchecked>;

/** Rows of the same `why` and without a link of their own stand together on the page. */
const OTHERS = 'notChecked.why.makers';

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
  { what: 'notChecked.contentSeal.what', why: OTHERS, kinds: ['image', 'video'] },
  { what: 'notChecked.videoSeal.what', why: OTHERS, kinds: ['image', 'video'] },
  { what: 'notChecked.rivaGan.what', why: OTHERS, kinds: ['image'] },
  { what: 'notChecked.audioSeal.what', why: OTHERS, kinds: ['audio', 'video'] },
  { what: 'notChecked.digimarc.what', why: OTHERS, kinds: ['image'] },
  { what: 'notChecked.nexGuard.what', why: OTHERS, kinds: ['video'] },
  {
    what: 'notChecked.visible.what',
    why: 'notChecked.visible.why',
    kinds: ['image', 'video', 'audio'],
  },
];
