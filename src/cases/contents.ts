import { jsonLine } from '../core/ground/json-line.js';
import { compact } from '../core/ground/json-shape.js';
import type { Speech } from '../say/speech.js';
import { type BagFile, bagFile, PAYLOAD } from '../seal/bag.js';
import { CASE, CLAIM_REVIEWS, INSPECTIONS, type Kind } from '../seal/names.js';
import type { CaseItem, KeptCase } from '../store/cases.js';
import { claimReviews, publishedAlone } from './claim-review.js';
import { caseItemTold, caseTold } from './told.js';

/** One inspection of the case, with what a bundle of it alone would hold (`inspectionContents`). */
export interface CasePart {
  /** Of the inspection. */
  id: string;
  sha256: string;
  payload: readonly BagFile[];
  /** What may be another one each time. */
  tags: readonly BagFile[];
  /** Where its file comes from, or a code for why it is not here; left out: a bundle of this kind holds none. */
  file?: { from: string } | { notHeld: string };
  /** There may be one in the file, and a code for why it is not here. */
  manifestStore?: { notHeld: string };
}

export interface CaseToSeal {
  kept: KeptCase;
  /** All of them. */
  items: readonly CaseItem[];
  parts: readonly CasePart[];
  /** Inspections that are in the case and not in the bundle, and why: their status, as `failed`, `deleted` or `unreadable`. */
  leftOut?: readonly { id: string; because: string }[];
}

/**
 * What a bundle of a case holds: what people wrote, as theirs, their findings as ClaimReview, and each inspection in a folder of its
 * own. A `shareable` one tells of no person but under whose name something was published, and holds no note, match or link; how
 * many there are is said. Of one case the same `data/` each time, as long as nobody changes it.
 */
export function caseContents(
  { kept, items, parts, leftOut = [] }: CaseToSeal,
  { kind, speech }: { kind: Kind; speech: Speech },
): { payload: BagFile[]; tags: BagFile[] } {
  const isFull = kind === 'full';
  const told = isFull ? items : items.filter(isShareable).map(withoutPersons);
  const file = {
    schema: 'assay.case/1',
    ...caseTold(isFull ? kept : withoutNames(kept)),
    items: told.map((item) => caseItemTold(item, speech)),
    ...(isFull ? {} : { notTold: notTold(items) }),
    inspections: parts.map(({ id, sha256, file: of, manifestStore }) => ({
      ...{ id, sha256, folder: `inspections/${id}` },
      ...compact({ file: of, manifestStore }),
    })),
    ...(leftOut.length === 0 ? {} : { leftOut }),
  };
  return {
    payload: [
      bagFile(CASE, jsonLine(file)),
      bagFile(CLAIM_REVIEWS, jsonLine(claimReviews(items, { speech, persons: isFull }))),
      ...parts.flatMap(({ id, payload }) =>
        payload.map((one) => ({ ...one, path: `${INSPECTIONS}${id}/${one.path.slice(PAYLOAD.length)}` })),
      ),
    ],
    tags: parts.flatMap(({ id, tags }) =>
      tags.map((one) => ({ ...one, path: `inspections/${id}/${one.path}` })),
    ),
  };
}

const isShareable = ({ kind }: CaseItem): boolean => kind === 'inspection' || kind === 'finding';

function withoutPersons({ by: _, removed, finding, ...item }: CaseItem): CaseItem {
  return {
    ...item,
    ...(removed === undefined ? {} : { removed: { at: removed.at } }),
    ...(finding === undefined ? {} : { finding: publishedAlone(finding) }),
  };
}

function withoutNames({ createdBy: _, closedBy: __, ...kept }: KeptCase): KeptCase {
  return kept;
}

function notTold(items: readonly CaseItem[]): Record<'note' | 'link' | 'match', number> {
  const counts = { note: 0, link: 0, match: 0 };
  for (const { kind } of items) if (kind !== 'inspection' && kind !== 'finding') counts[kind] += 1;
  return counts;
}
