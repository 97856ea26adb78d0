/** GB 45438-2025 implicit labels, in the terms of its Annex E. Part of the closed list of signals.ts. */
export const GB45438_SIGNALS = {
  'gb45438.label.present': 'A GB 45438 implicit label (AIGC) with at least one known field was found.',
  'gb45438.label.generated': 'GB 45438 Label "1": the content is AI-generated or synthesised.',
  'gb45438.label.possible': 'GB 45438 Label "2": the content may be AI-generated or synthesised.',
  'gb45438.label.suspected':
    'GB 45438 Label "3": the content is suspected to be AI-generated or synthesised.',
  'gb45438.label.unrecognised': 'GB 45438 Label holds a value other than 1, 2 and 3; it is shown as written.',
  'gb45438.label.shell': 'An AIGC key is there, and no known field could be read in it.',
  'gb45438.element.label': 'The label holds the element Label.',
  'gb45438.element.contentProducer': 'The label holds the element ContentProducer.',
  'gb45438.element.produceId': 'The label holds the element ProduceID.',
  'gb45438.element.contentPropagator': 'The label holds the element ContentPropagator.',
  'gb45438.element.propagateId': 'The label holds the element PropagateID.',
  'gb45438.element.absent': 'An element that 6.1 a) asks for is missing or empty; the value names which.',
  'gb45438.form.wrapped': 'The label is the string {"AIGC":{…}} of Annex E b).',
  'gb45438.form.bare':
    'The label is the seven-field object of the TC260 practice guides, without the AIGC wrapper.',
  'gb45438.value.notString': 'A field of the label is not a string (Annex E asks for strings).',
  'gb45438.value.labelNotString': 'Label itself is not a string (Annex E c); it is read as its text.',
  'gb45438.key.withoutAigc': 'The label stands under a field whose name does not contain AIGC (Annex E a).',
  'gb45438.keys.duplicate':
    'A field name stands twice in one label; the last one was read, and other readers may take the first.',
  'gb45438.charset.outside': 'A field uses characters outside those that Annex E j) names.',
  'gb45438.propagation.sameAsProduction':
    'The propagation pair equals the production pair, as Annex E note 1 has it for the first write.',
  'gb45438.propagation.differs':
    'The propagation pair differs from the production pair, as it does after a platform has written its own.',
  'gb45438.copies.several': 'More than one copy of the label is in the file (6.1 c asks for one).',
  'gb45438.copies.disagree': 'Copies of the label in this file disagree; the value names the fields.',
  'gb45438.provider.code':
    'A provider code of 27 characters, split into its parts; it names the organisation that offers the service, not the model.',
  'gb45438.provider.codeMalformed':
    'A value has the beginning of a provider code and breaks the rule for such codes; the fault is named.',
  'gb45438.provider.listed':
    'The organisation’s number in the provider code stands in Assay’s table; the name is a look-up and not in the file.',
  'gb45438.security.present': 'A reserved field of the label holds SecurityData (TC260-PG-202511A).',
  'gb45438.security.signatureHolds':
    'A signature in the label matches the fields it is over. Its key stands beside it: this tells that those fields are unchanged, and not who wrote them, nor anything of the content.',
  'gb45438.security.signatureBroken':
    'A signature in the label does not match Label, ContentProducer and ProduceID as they stand, in any form of the signed text that is known.',
  'gb45438.security.notCheckable': 'A signature in the label could not be checked; the reason is given.',
} as const satisfies Record<string, string>;
