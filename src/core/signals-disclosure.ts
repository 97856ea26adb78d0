/** What a manifest discloses beside the source type: the items that laws ask for one by one. Part of the closed list of signals.ts. */
export const DISCLOSURE_SIGNALS = {
  'c2pa.ai.created': 'A C2PA action says that the content was created with generative AI.',
  'c2pa.ai.altered': 'A C2PA action says that the content was altered with generative AI.',
  'c2pa.ai.systemNamed': 'A manifest that states generative AI names the system that did it.',
  'c2pa.ai.systemVersion': 'The name of that system holds a number, which may be its version.',
  'c2pa.ai.when': 'The C2PA action that states generative AI gives a time; it is the signer’s word.',
  'c2pa.ai.inIngredient':
    'A statement of generative AI stands in an ingredient’s manifest: it was kept when the content was used further.',
  'c2pa.identifier': 'The active manifest has an identifier of its own.',
  'c2pa.capture.stated': 'A C2PA action says that the content was captured by a device.',
  'c2pa.capture.deviceNamed': 'A manifest that states a capture names the device or its software.',
  'c2pa.capture.when': 'The C2PA action that states a capture gives a time; it is the signer’s word.',
} as const satisfies Record<string, string>;
