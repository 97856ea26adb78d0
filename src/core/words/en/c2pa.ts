import type { Words } from '../words.js';

/** English for the terms of C2PA and IPTC. They go on after a colon or "it", so they begin small. */

/** IPTC's own meanings (NewsCodes 2024-10-23, CC BY 4.0), shortened to go on after "it". */
export const sourceTypes = {
  trainedAlgorithmicMedia: 'was made with generative AI',
  compositeWithTrainedAlgorithmicMedia: 'was edited with generative AI',
  compositeSynthetic: 'is a composite with parts made by generative AI',
  trainedAlgorithmicData: 'is data made by a trained AI model',
  virtualRecording: 'is a recording of a virtual event, which may hold elements made by AI',
  composite: 'is a composite that may hold elements made by AI',
  digitalArt: 'is digital art, which may hold elements made by AI',
  algorithmicMedia: 'was made by an algorithm without trained AI',
  algorithmicallyEnhanced: 'was corrected by an algorithm',
  dataDrivenMedia: 'shows data',
  digitalCreation: 'was made by a person with digital tools that are not generative',
  humanEdits: 'was edited by a person with tools that are not generative',
  minorHumanEdits: 'was edited in minor ways by a person',
  softwareImage: 'was made by software',
  digitalCapture: 'was captured by a camera or recorder',
  computationalCapture: 'was captured by a camera that merged or processed several frames',
  compositeCapture: 'was put together from several captures',
  screenCapture: 'is a capture of a screen, which may show content made by AI',
  negativeFilm: 'was digitised from a negative',
  positiveFilm: 'was digitised from a positive film',
  print: 'was digitised from a print',
  empty: 'began as a blank canvas',
} as const satisfies Words['sourceTypes'];

export const relationships = {
  parentOf: 'earlier version',
  componentOf: 'part placed in it',
  inputTo: 'input to what made it',
} as const satisfies Words['relationships'];

export const actions = {
  'c2pa.addedText': 'text was added',
  'c2pa.adjustedColor': 'colours were adjusted',
  'c2pa.changedSpeed': 'the speed was changed',
  'c2pa.color_adjustments': 'colours were adjusted',
  'c2pa.converted': 'converted to another format',
  'c2pa.created': 'created',
  'c2pa.cropped': 'cropped',
  'c2pa.deleted': 'something was deleted',
  'c2pa.drawing': 'drawn on',
  'c2pa.dubbed': 'dubbed',
  'c2pa.edited': 'edited',
  'c2pa.edited.metadata': 'metadata was edited',
  'c2pa.enhanced': 'enhanced',
  'c2pa.filtered': 'a filter was used',
  'c2pa.opened': 'opened',
  'c2pa.orientation': 'turned or mirrored',
  'c2pa.placed': 'something was placed in it',
  'c2pa.published': 'published',
  'c2pa.redacted': 'part of earlier credentials was removed',
  'c2pa.removed': 'a placed part was removed',
  'c2pa.repackaged': 'repackaged without change of content',
  'c2pa.resized': 'resized',
  'c2pa.resized.proportional': 'resized in proportion',
  'c2pa.transcoded': 'encoded anew',
  'c2pa.translated': 'translated',
  'c2pa.trimmed': 'trimmed',
  'c2pa.unknown': 'something was done that the signer does not know',
  'c2pa.watermarked': 'an invisible watermark was put in',
  'c2pa.watermarked.bound': 'an invisible watermark was put in that is bound to these credentials',
  'c2pa.watermarked.unbound': 'an invisible watermark was put in that is not bound to these credentials',
} as const satisfies Words['actions'];

export const removable = {
  'stds.exif': 'camera data (EXIF)',
  'stds.iptc': 'IPTC metadata',
  'stds.schema-org.CreativeWork': 'details of the author',
  'c2pa.metadata': 'metadata',
  'cawg.metadata': 'metadata',
  'cawg.identity': 'an identity',
  'c2pa.location': 'location',
  'c2pa.thumbnail': 'a preview picture',
  'c2pa.ingredient': 'an ingredient',
  'c2pa.actions': 'a list of actions',
} as const satisfies Words['removable'];

export const ingredientStates = {
  intact: 'its credentials hold',
  altered: 'it does not match its own credentials',
  undetermined: 'whether it matches its own credentials could not be determined',
} as const satisfies Words['ingredientStates'];

export const through = {
  anchor: 'an issuer of the certificate is on that list',
  allowed: 'the certificate itself is on that list',
} as const satisfies Words['through'];
