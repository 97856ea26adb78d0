/**
 * Tenant for which a file is read. A reading process reads files of one tenant only, so that a process taken over by a
 * file cannot reach another tenant's files.
 */
export type TenantKey = string;

/** Value used if all files belong to a single tenant. */
export const SINGLE_TENANT: TenantKey = '';

/**
 * Returns the isolation key of a service's tenant. It is never empty, so no tenant shares a process with files that the
 * service reads for itself.
 */
export const tenantKeyOf = (tenant: string): TenantKey => `tenant ${tenant}`;
