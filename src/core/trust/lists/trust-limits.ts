/** Limits on certificates in a file and on the lists an operator installs; the unit is in the name. */
export const trustLimits = {
  /** Raw manifest store of one file. Real ones stay under 10 MiB, including thumbnails. */
  manifestStoreBytes: 64 * 1024 ** 2,
  /** Manifests per store whose signatures are read. */
  manifests: 1_024,
  /** JUMBF boxes of one store, counted over all levels visited. */
  jumbfBoxes: 65_536,
  /** Store, manifest, signature box, its content; deeper levels are not needed. */
  jumbfDepth: 4,
  jumbfLabelBytes: 1_024,

  /** One claim signature box: certificates, timestamps and OCSP responses together. */
  coseBytes: 4 * 1024 ** 2,
  cborDepth: 16,
  cborItems: 4_096,

  certificateBytes: 64 * 1024,
  /** Opened certificates cached in a process. */
  rememberedCertificates: 1_024,
  /** Cached signature checks of issuers over stored certificate facts. */
  rememberedSignatures: 256,
  /** Certificates included in one signature or timestamp. */
  certificatesPerSignature: 16,
  timestampsPerSignature: 4,
  timestampBytes: 256 * 1024,
  /** Timestamps that `c2pa.time-stamp` assertions store for one signature. */
  timestampsElsewhere: 8,
  /** Signatures for which one such assertion stores timestamps. */
  timestampsPerAssertion: 1_024,
  ocspResponsesPerSignature: 8,
  ocspResponseBytes: 64 * 1024,
  /** OCSP responses in `c2pa.certificate-status` assertions, over all manifests of one store. */
  ocspResponsesElsewhere: 64,

  /** One ASN.1 structure; timestamps are the largest. */
  asn1Bytes: 256 * 1024,
  /** Object identifiers cached in a process. */
  rememberedIdentifiers: 512,
  rememberedIdentifierBytes: 32,
  asn1Depth: 32,
  /** Elements of one ASN.1 structure: a certificate has about 200, a timestamp with its chain about 1,000. */
  asn1Nodes: 16_384,

  /** Certificates in a chain, leaf and anchor included. */
  chainDepth: 8,
  /** Signatures checked during one chain search, so that cross-certified issuers cannot multiply the work. */
  chainSignatureChecks: 64,

  nameCharacters: 256,

  trustFileBytes: 8 * 1024 ** 2,
  certificatesPerTrustFile: 4_096,
  /** Files read in `private` and in `private/tsa`, each. */
  privateFiles: 256,
  /** Trust files whose content is cached in a process while unchanged. */
  cachedTrustFiles: 1_024,
  sourcesBytes: 1024 ** 2,
} as const;
