/**
 * Settings of both SDKs. c2pa-rs fetches by default; Assay never fetches anything because of a file. Assay decides
 * trust itself, by purpose: the engine gets no anchors, and its trust result is ignored.
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
