/** Standard labels other than GB 45438: IPTC properties and credit lines, labels of creators and platforms. Part of the closed list of signals.ts. */
export const LABEL_SIGNALS = {
  'iptc.ai.systemUsed':
    'XMP (Iptc4xmpExt:AISystemUsed) names an AI system; IPTC defines the field as the one used to generate the image.',
  'iptc.ai.systemVersionUsed': 'XMP (Iptc4xmpExt:AISystemVersionUsed) gives the version of an AI system.',
  'iptc.ai.promptInformation':
    'XMP (Iptc4xmpExt:AIPromptInformation) holds what was given to a generative AI service as prompt.',
  'iptc.ai.promptWriterName': 'XMP (Iptc4xmpExt:AIPromptWriterName) names the person who wrote the prompt.',
  'iptc.credit.googleMade': 'The credit line says that the content was made with Google’s AI.',
  'iptc.credit.googleEdited': 'The credit line says that the content was edited with Google’s AI.',
  'iptc.credit.appleCleanUp':
    'The credit line names Clean Up, Apple Photos’ tool that paints things out with AI.',
  'iptc.credit.appleImagePlayground':
    'The credit line names Apple Image Playground; that this generator writes it is only claimed.',
  'iptc.dataMining':
    'XMP (plus:DataMining) says whether the content may be used for data mining or AI training. It says nothing of how the content was made.',
} as const satisfies Record<string, string>;
