/**
 * Terms of the C2PA Technical Specification 2.2 that files use and readers do not: every language has words for each.
 * A term that is not here is shown as written.
 */

export const RELATIONSHIPS = ['parentOf', 'componentOf', 'inputTo'] as const;

export const ACTIONS = [
  'c2pa.addedText',
  'c2pa.adjustedColor',
  'c2pa.changedSpeed',
  'c2pa.color_adjustments',
  'c2pa.converted',
  'c2pa.created',
  'c2pa.cropped',
  'c2pa.deleted',
  'c2pa.drawing',
  'c2pa.dubbed',
  'c2pa.edited',
  'c2pa.edited.metadata',
  'c2pa.enhanced',
  'c2pa.filtered',
  'c2pa.opened',
  'c2pa.orientation',
  'c2pa.placed',
  'c2pa.published',
  'c2pa.redacted',
  'c2pa.removed',
  'c2pa.repackaged',
  'c2pa.resized',
  'c2pa.resized.proportional',
  'c2pa.transcoded',
  'c2pa.translated',
  'c2pa.trimmed',
  'c2pa.unknown',
  'c2pa.watermarked',
  'c2pa.watermarked.bound',
  'c2pa.watermarked.unbound',
] as const;
export type ActionTerm = (typeof ACTIONS)[number];

/** Assertions that signers remove, by the beginning of their label. */
export const REMOVABLE = [
  'stds.exif',
  'stds.iptc',
  'stds.schema-org.CreativeWork',
  'c2pa.metadata',
  'cawg.metadata',
  'cawg.identity',
  'c2pa.location',
  'c2pa.thumbnail',
  'c2pa.ingredient',
  'c2pa.actions',
] as const;

/** Ids of the catalogues have no underscore. */
export const actionId = (term: ActionTerm) =>
  term === 'c2pa.color_adjustments'
    ? ('term.action.c2pa.color-adjustments' as const)
    : (`term.action.${term}` as const);
