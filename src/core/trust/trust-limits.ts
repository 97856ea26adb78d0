/** Bounds on what the certificates in a file, and the lists an operator installs, may cost; the unit stands in the name. */
export const trustLimits = {
  /** The raw manifest store of one file. Real ones stay under 10 MiB, thumbnails and all. */
  manifestStoreBytes: 64 * 1024 ** 2,
  /** Manifests of one store whose signatures are read. */
  manifests: 1_024,
  /** JUMBF boxes of one store, counted over all levels that are walked. */
  jumbfBoxes: 65_536,
  /** Store, manifest, signature box, its content: nothing here looks deeper. */
  jumbfDepth: 4,
  jumbfLabelBytes: 1_024,

  /** One claim signature box: certificates, timestamps and revocation answers together. */
  coseBytes: 4 * 1024 ** 2,
  cborDepth: 16,
  cborItems: 4_096,

  certificateBytes: 64 * 1024,
  /** Opened certificates kept in a process for the next file. */
  rememberedCertificates: 1_024,
  /** Of one issuer, over certificates of which only a trace is left: what came out is kept in a process. */
  rememberedSignatures: 256,
  /** Certificates that one signature or timestamp brings along. */
  certificatesPerSignature: 16,
  timestampsPerSignature: 4,
  timestampBytes: 256 * 1024,
  /** Of those that `c2pa.time-stamp` assertions keep for one signature. */
  timestampsElsewhere: 8,
  /** Signatures that one such assertion keeps timestamps for. */
  timestampsPerAssertion: 1_024,
  ocspResponsesPerSignature: 8,
  ocspResponseBytes: 64 * 1024,
  /** Of those that `c2pa.certificate-status` assertions keep, in all manifests of one store together. */
  ocspResponsesElsewhere: 64,

  /** One ASN.1 structure: a timestamp is the largest. */
  asn1Bytes: 256 * 1024,
  /** Object identifiers kept in a process. */
  rememberedIdentifiers: 512,
  rememberedIdentifierBytes: 32,
  asn1Depth: 32,
  /** Elements of one ASN.1 structure: a certificate has about 200, a timestamp with its chain about 1,000. */
  asn1Nodes: 16_384,

  /** Certificates in a chain, leaf and anchor included. */
  chainDepth: 8,
  /** Signatures checked while one chain is looked for, so that crossed issuers cannot multiply. */
  chainSignatureChecks: 64,

  nameCharacters: 256,

  trustFileBytes: 8 * 1024 ** 2,
  certificatesPerTrustFile: 4_096,
  /** Files that are read in `private` and in `private/tsa`, each. */
  privateFiles: 256,
  /** Trust files whose content is kept in a process while they do not change. */
  cachedTrustFiles: 1_024,
  sourcesBytes: 1024 ** 2,
} as const;
