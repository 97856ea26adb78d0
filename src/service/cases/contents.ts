import { formatJsonLine } from '../../base/json-line.js';
import { compact } from '../../base/json-shape.js';
import type { Translator } from '../../i18n/translator.js';
import type { CaseItem, StoredCase } from '../../storage/cases/cases.js';
import { type BagFile, PAYLOAD, toBagFile } from '../sealing/bag.js';
import { type BundleKind, CASE, CLAIM_REVIEWS, INSPECTIONS } from '../sealing/names.js';
import { toCaseItemView, toCaseView } from './case-view.js';
import { buildClaimReviews, withoutUnpublishedNames } from './claim-review.js';

/** One inspection of the case, with what a bundle of it alone would hold (`inspectionContents`). */
export interface CaseInspectionFiles {
  /** Id of the inspection. */
  id: string;
  sha256: string;
  payload: readonly BagFile[];
  /** Files that may differ from one bundle to the next. */
  tags: readonly BagFile[];
  /** Source of the file, or a code for why it is not included; left out if this kind of bundle holds no files. */
  file?: { from: string } | { notHeld: string };
  /** Code for why the manifest store that the file may have is not included. */
  manifestStore?: { notHeld: string };
}

export interface CaseToSeal {
  kept: StoredCase;
  /** All items of the case. */
  items: readonly CaseItem[];
  parts: readonly CaseInspectionFiles[];
  /** Inspections of the case that are not in the bundle, with the reason: their status, or `deleted` or `unreadable`. */
  leftOut?: readonly { id: string; reason: string }[];
}

/**
 * Builds the contents of a case bundle: what people wrote (attributed to them), their findings as ClaimReview, and one
 * folder per inspection. A `shareable` bundle names only people under whose name something was published; it holds no
 * notes, matches or links, only their number. The same case yields the same `data/` as long as nobody changes it.
 */
export function buildCaseContents(
  { kept, items, parts, leftOut = [] }: CaseToSeal,
  { kind, speech }: { kind: BundleKind; speech: Translator },
): { payload: BagFile[]; tags: BagFile[] } {
  const isFull = kind === 'full';
  const disclosed = isFull ? items : items.filter(isShareable).map(withoutPersons);
  const file = {
    schema: 'assay.case/1',
    ...toCaseView(isFull ? kept : withoutNames(kept)),
    items: disclosed.map((item) => toCaseItemView(item, speech)),
    ...(isFull ? {} : { notTold: countWithheld(items) }),
    inspections: parts.map(({ id, sha256, file: of, manifestStore }) => ({
      ...{ id, sha256, folder: `inspections/${id}` },
      ...compact({ file: of, manifestStore }),
    })),
    ...(leftOut.length === 0 ? {} : { leftOut }),
  };
  return {
    payload: [
      toBagFile(CASE, formatJsonLine(file)),
      toBagFile(CLAIM_REVIEWS, formatJsonLine(buildClaimReviews(items, { speech, persons: isFull }))),
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
    ...(finding === undefined ? {} : { finding: withoutUnpublishedNames(finding) }),
  };
}

function withoutNames({ createdBy: _, closedBy: __, ...kept }: StoredCase): StoredCase {
  return kept;
}

function countWithheld(items: readonly CaseItem[]): Record<'note' | 'link' | 'match', number> {
  const counts = { note: 0, link: 0, match: 0 };
  for (const { kind } of items) if (kind !== 'inspection' && kind !== 'finding') counts[kind] += 1;
  return counts;
}
