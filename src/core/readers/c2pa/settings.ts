/**
 * Settings of both SDKs. c2pa-rs fetches by default; here nothing is ever fetched because of a file.
 * Trust is decided by Assay, by purpose: the engine gets no anchors and its word on trust is not used.
 */
export const SDK_SETTINGS = {
  verify: {
    verify_after_reading: true,
    verify_trust: true,
    remote_manifest_fetch: false,
    ocsp_fetch: false,
  },
  core: {
    allowed_network_hosts: [] as string[],
  },
} as const;
