import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { plain } from '../ground/quoted.js';
import type { Kind } from '../media/media-kinds.js';
import type { Declared } from '../report/report.js';
import { actionSaid, sourceTypeSaid } from './terms.js';

/** What Content Credentials declare, and who says it: the signer of this file, or of what it was made from. */

/** Who signed the earlier credentials that say it, and how that signer stands. */
export interface EarlierSigner {
  name?: string;
  /** `unstated`: nobody vouches for the name here, or nothing more is known of it. */
  standing:
    | 'listed'
    | 'expired'
    | 'outside'
    | 'not-yet-valid'
    | 'unknown'
    | 'revoked'
    | 'unlisted'
    | 'not-checked'
    | 'unstated';
  /** Proven. */
  day?: string;
}

/** What the credentials declare, with all that a sentence says beside it. */
interface Stated {
  declared: Declared;
  kind: Kind;
  /** Left out where the signer of the file's own credentials says it. */
  from?: EarlierSigner;
  tool?: Said;
  /** It is said of an earlier version, which was edited since. */
  earlier: boolean;
  /** Steps since that change nothing a viewer perceives, where no others are recorded. */
  since: readonly string[];
}

export function declaredSaid({ declared, kind, from, tool, earlier, since }: Stated): Said[] {
  const { origin, where, said: words, term, editedAfterCapture } = declared;
  const they = whoSaid(from);
  const what = said(earlier ? 'sentence.what.earlier' : 'sentence.what.this', { kind });
  const by =
    tool === undefined ? { by: 'nobody', tool: said('text.asWritten', { text: '' }) } : { by: 'tool', tool };
  const then = { after: since.length === 0 ? 'nothing' : 'only', since: since.map(actionSaid) };
  switch (origin) {
    case 'ai-generated':
      return words === undefined
        ? [said('sentence.declared.generated', { they, what, ...by, ...then })]
        : [said('sentence.declared.generatedInWords', { they, what, words: plain(words), ...then })];
    case 'ai-edited':
      return where === 'component'
        ? [said('sentence.declared.partGenerated', { they, kind, ...by })]
        : [said('sentence.declared.edited', { they, what, ...by, ...then })];
    case 'captured':
      return [
        said('sentence.declared.captured', { they, kind, ...by }),
        // A device signs what stands before it, and that may be a screen.
        said('sentence.declared.screen', { kind }),
      ];
    default:
      return editedAfterCapture
        ? [said('sentence.declared.capturedThenEdited', { they, kind })]
        : [
            said('sentence.declared.other', {
              they,
              what,
              is: sourceTypeSaid(term ?? 'unrecognised'),
              ...then,
            }),
          ];
  }
}

/** “The credentials state”, or the earlier ones with their signer: quoted where no list vouches for the name. */
function whoSaid(from: EarlierSigner | undefined): Said {
  if (from === undefined) return said('sentence.who.these');
  const { standing, day } = from;
  if (from.name === undefined) return said('sentence.who.before');
  const name = plain(from.name);
  switch (standing) {
    case 'unlisted':
    case 'unstated':
      return said(`sentence.who.${standing}`, { name });
    case 'not-checked':
      return said('sentence.who.notChecked', { name });
    default: {
      const stands = standing === 'not-yet-valid' ? 'notYetValid' : standing;
      return day === undefined
        ? said('sentence.who.signed', { name, standing: stands })
        : said('sentence.who.signedOn', { name, day: daySaid(day), standing: stands });
    }
  }
}
