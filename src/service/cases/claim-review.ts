import { compact } from '../../base/json-shape.js';
import { dayMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { CaseFinding, CaseItem } from '../../storage/cases/cases.js';
import { personName } from './case-view.js';

/**
 * Returns the findings of people as ClaimReview of schema.org. It holds only what they wrote, each marked as theirs;
 * Assay gives no rating of its own. With `persons`, the names of the people who added the findings are included;
 * without, only names under which something was published.
 */
export function buildClaimReviews(
  items: readonly Pick<CaseItem, 'finding' | 'at' | 'by'>[],
  { speech, persons }: { speech: Translator; persons: boolean },
): { '@context': string; '@graph': object[] } {
  return {
    '@context': 'https://schema.org',
    '@graph': items.flatMap(({ finding, at, by }) => {
      if (finding === undefined) return [];
      const creditText = speech.translate(creditMessage(at, persons ? personName(by) : undefined));
      return [
        { ...claimReview(persons ? finding : withoutUnpublishedNames(finding)), dateCreated: at, creditText },
      ];
    }),
  };
}

/** The credit line names the author and the day, because a reader may see this data alone. */
function creditMessage(at: string, by: string | undefined): Message {
  const day = dayMessage(at.slice(0, 10));
  return by === undefined
    ? message('case.review.credit', { day })
    : message('case.review.creditBy', { day, by });
}

/** Drops the names of a finding that has no public URL: unpublished names are not passed on. */
export function withoutUnpublishedNames(finding: CaseFinding): CaseFinding {
  if (finding.url !== undefined) return finding;
  const { author: _, authorType: __, claimant: ___, ...rest } = finding;
  return rest;
}

function claimReview(finding: CaseFinding): object {
  const { claim, conclusion, rating, url, published, author, authorType, claimant, appearance } = finding;
  const isAboutClaim = claimant !== undefined || appearance !== undefined;
  return compact({
    '@type': 'ClaimReview',
    url,
    claimReviewed: claim,
    reviewBody: conclusion,
    author: author === undefined ? undefined : compact({ '@type': schemaOrgType(authorType), name: author }),
    datePublished: published,
    reviewRating: rating === undefined ? undefined : { '@type': 'Rating', alternateName: rating },
    itemReviewed: isAboutClaim
      ? compact({
          '@type': 'Claim',
          author: claimant === undefined ? undefined : { name: claimant },
          appearance: appearance === undefined ? undefined : { '@type': 'CreativeWork', url: appearance },
        })
      : undefined,
  });
}

/** Returns `undefined` if the type of the author was not given. */
const schemaOrgType = (type: CaseFinding['authorType']): string | undefined =>
  type === undefined ? undefined : type === 'person' ? 'Person' : 'Organization';
