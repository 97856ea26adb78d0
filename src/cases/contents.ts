import { jsonLine } from '../core/ground/json-line.js';
import type { Speech } from '../say/speech.js';
import { type BagFile, bagFile, PAYLOAD } from '../seal/bag.js';
import type { Kind } from '../seal/names.js';
import type { CaseItem, KeptCase } from '../store/cases.js';
import { claimReviews, publishedAlone } from './claim-review.js';
import { caseItemTold, caseTold } from './told.js';

export const CASE_FILE = 'data/case.json';
export const CLAIM_REVIEWS = 'data/claim-review.json';

/** One inspection of the case with what a bundle of it alone would hold. */
export interface CasePart {
  /** Of the inspection. */
  id: string;
  /** Its `data/`. */
  payload: readonly BagFile[];
}

export interface CaseToSeal {
  kept: KeptCase;
  /** All of them. */
  items: readonly CaseItem[];
  parts: readonly CasePart[];
  /** Inspections that are here and not in the bundle, and why: a code, as `not-finished`. */
  leftOut?: readonly { id: string; because: string }[];
}

/**
 * Everything of `data/` for a case: what people wrote, as theirs, their findings as ClaimReview, and each inspection in a folder of
 * its own. A `shareable` one tells of no person but whoever published a finding under their name, and holds no note, match or
 * link. Of one case the same bytes each time, as long as nobody writes in it.
 */
export function caseContents(
  { kept, items, parts, leftOut = [] }: CaseToSeal,
  { kind, speech }: { kind: Kind; speech: Speech },
): BagFile[] {
  const isFull = kind === 'full';
  const told = isFull ? items : items.filter(isShareable).map(withoutPersons);
  const findings = items.filter(({ finding }) => finding !== undefined);
  const { counts, former, ...about } = caseTold(isFull ? kept : nameless(kept));
  const file = {
    schema: 'assay.case/1',
    kind,
    ...about,
    counts,
    former,
    // What stands in the case and is not told here is counted by its kind.
    ...(isFull ? {} : { notTold: notTold(items) }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
    items: told.map((item) => caseItemTold(item, speech)),
  };
  return [
    bagFile(CASE_FILE, jsonLine(file)),
    bagFile(CLAIM_REVIEWS, jsonLine(claimReviews(findings, { speech, persons: isFull }))),
    ...parts.flatMap(({ id, payload }) => payload.map((one) => inFolder(one, id))),
  ];
}

/** A file of `data/` under `data/inspections/<id>/`. */
function inFolder(file: BagFile, id: string): BagFile {
  const path = `${PAYLOAD}inspections/${id}/${file.path.slice(PAYLOAD.length)}`;
  return { ...file, path };
}

const isShareable = ({ kind }: CaseItem): boolean => kind === 'inspection' || kind === 'finding';

function withoutPersons({ by: _, removed, finding, ...item }: CaseItem): CaseItem {
  return {
    ...item,
    ...(removed === undefined ? {} : { removed: { at: removed.at } }),
    ...(finding === undefined ? {} : { finding: publishedAlone(finding) }),
  };
}

function nameless({ createdBy: _, closedBy: __, ...kept }: KeptCase): KeptCase {
  return kept;
}

function notTold(items: readonly CaseItem[]): Record<string, number> {
  const counts: Record<string, number> = { note: 0, link: 0, match: 0 };
  for (const { kind } of items) if (kind in counts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
