/**
 * Terms of the C2PA Technical Specification 2.2 that are translated for readers. A term that is not listed is shown as
 * written.
 */

export const RELATIONSHIP_TERMS = ['parentOf', 'componentOf', 'inputTo'] as const;

export const ACTION_TERMS = [
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
export type ActionTerm = (typeof ACTION_TERMS)[number];

/** Prefixes of the labels of assertions that signers remove. */
export const REMOVABLE_ASSERTIONS = [
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

/** Message ids contain no underscores. */
export const actionMessageSuffix = (term: ActionTerm) =>
  term === 'c2pa.color_adjustments'
    ? ('term.action.c2pa.color-adjustments' as const)
    : (`term.action.${term}` as const);
