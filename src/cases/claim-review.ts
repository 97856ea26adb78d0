import { compact } from '../core/ground/json-shape.js';
import { daySaid } from '../say/amounts.js';
import { type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { CaseFinding, CaseItem } from '../store/cases.js';
import { personTold } from './told.js';

/**
 * What people concluded, as ClaimReview of schema.org: only what they wrote, each marked as theirs. A rating of ours there is
 * none of. `persons`: who put it in stands there; without, only names under which something was published.
 */
export function claimReviews(
  items: readonly Pick<CaseItem, 'finding' | 'at' | 'by'>[],
  { speech, persons }: { speech: Speech; persons: boolean },
): { '@context': string; '@graph': object[] } {
  return {
    '@context': 'https://schema.org',
    '@graph': items.flatMap(({ finding, at, by }) => {
      if (finding === undefined) return [];
      const creditText = speech.say(credit(at, persons ? personTold(by) : undefined));
      return [{ ...claimReview(persons ? finding : publishedAlone(finding)), dateCreated: at, creditText }];
    }),
  };
}

/** Whose words they are: whoever reads the data alone has to know. */
function credit(at: string, by: string | undefined): Said {
  const day = daySaid(at.slice(0, 10));
  return by === undefined ? said('case.review.credit', { day }) : said('case.review.creditBy', { day, by });
}

/** Names that stand in no publication are not given to others. */
export function publishedAlone(finding: CaseFinding): CaseFinding {
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
    author: author === undefined ? undefined : compact({ '@type': typeOf(authorType), name: author }),
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

/** Where they did not say, nothing is said. */
const typeOf = (type: CaseFinding['authorType']): string | undefined =>
  type === undefined ? undefined : type === 'person' ? 'Person' : 'Organization';
