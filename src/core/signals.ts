/**
 * The closed list of signal ids. Each reads as a fact; docs/signals.md is generated from it.
 * Terms of C2PA, IPTC and GB 45438 are verbatim.
 */

/** IPTC digitalSourceType (release 2024-10-23, CC BY 4.0) and the two C2PA values. */
export const DIGITAL_SOURCE_TYPES = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'trainedAlgorithmicData',
  'virtualRecording',
  'composite',
  'digitalArt',
  'algorithmicMedia',
  'algorithmicallyEnhanced',
  'dataDrivenMedia',
  'digitalCreation',
  'humanEdits',
  'minorHumanEdits',
  'softwareImage',
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
  'screenCapture',
  'negativeFilm',
  'positiveFilm',
  'print',
  'empty',
] as const;
export type DigitalSourceType = (typeof DIGITAL_SOURCE_TYPES)[number];

type TypeIds<P extends string> = `${P}.digitalSourceType.${DigitalSourceType | 'unrecognised'}`;

function typeRows<P extends string>(prefix: P, where: string): Record<TypeIds<P>, string> {
  const rows = [...DIGITAL_SOURCE_TYPES, 'unrecognised' as const].map((term) => [
    `${prefix}.digitalSourceType.${term}`,
    term === 'unrecognised'
      ? `${where} carries a digitalSourceType that is not in the vocabulary; the value is shown as written.`
      : `${where} declares digitalSourceType ${term}.`,
  ]);
  return Object.fromEntries(rows) as Record<TypeIds<P>, string>;
}

export const SIGNALS = {
  'c2pa.present': 'The file carries a C2PA manifest store.',
  'c2pa.remote': 'The file points to Content Credentials kept elsewhere; they were not fetched.',
  'c2pa.unreadable': 'There is a C2PA manifest store, and it could not be read.',
  'c2pa.integrity.intact':
    'The active manifest’s signature, every hashed URI and its hard binding match this file.',
  'c2pa.integrity.altered': 'Bytes that the active manifest covers have changed since it was signed.',
  'c2pa.integrity.undetermined': 'Whether the file changed since signing could not be determined.',
  'c2pa.ingredient.altered': 'A manifest of an ingredient does not match what it was made for.',
  'c2pa.signer.named': 'The active manifest’s certificate names a signer.',
  'c2pa.time.stamped': 'A timestamp that matches the signature is attached.',
  'c2pa.time.expiredWithoutTimestamp':
    'The signer’s certificate has run out and no trusted timestamp proves when it was used.',
  ...typeRows('c2pa', 'A C2PA action'),
  ...typeRows('iptc', 'XMP (Iptc4xmpExt:DigitalSourceType)'),
  'gb45438.label.present': 'A GB 45438 implicit label (AIGC) with at least one known field was found.',
  'gb45438.label.generated': 'GB 45438 Label "1": the content is AI-generated or synthesised.',
  'gb45438.label.possible': 'GB 45438 Label "2": the content may be AI-generated or synthesised.',
  'gb45438.label.suspected':
    'GB 45438 Label "3": the content is suspected to be AI-generated or synthesised.',
  'gb45438.label.unrecognised': 'GB 45438 Label holds a value other than 1, 2 and 3; it is shown as written.',
  'gb45438.label.shell': 'An AIGC key is there, but holds no known field: an empty label.',
  'gb45438.element.label': 'The label holds the element Label.',
  'gb45438.element.contentProducer': 'The label holds the element ContentProducer.',
  'gb45438.element.produceId': 'The label holds the element ProduceID.',
  'gb45438.element.contentPropagator': 'The label holds the element ContentPropagator.',
  'gb45438.element.propagateId': 'The label holds the element PropagateID.',
  'gb45438.form.wrapped': 'The label is the string {"AIGC":{…}} of Annex E b).',
  'gb45438.form.bare':
    'The label is the seven-field object of the TC260 practice guides, without the AIGC wrapper.',
  'gb45438.value.notString': 'A field of the label is not a string (Annex E asks for strings).',
  'gb45438.charset.outside': 'A field uses characters outside those that Annex E j) names.',
  'gb45438.copies.several': 'More than one copy of the label is in the file.',
  'gb45438.copies.disagree': 'Copies of the label in this file disagree.',
  'generator.a1111': 'Settings as Stable Diffusion web UI (AUTOMATIC1111, Forge and kin) writes them.',
  'generator.comfyui': 'A ComfyUI prompt graph or workflow.',
  'generator.comfyui.sampler': 'The ComfyUI graph holds a sampler node, which makes pictures.',
  'camera.exif': 'EXIF holds a set of fields that cameras write.',
  'file.mediaTypeMismatch': 'The declared media type or the file name’s ending does not fit the bytes.',
  'file.severalAssets': 'The file holds more than one asset.',
  'file.livePhotoPart':
    'The file is one half of a Live Photo; the other half is a file of its own with the same content identifier.',
  'file.trailingData': 'Data follows the end of the main asset.',
} as const satisfies Record<string, string>;
