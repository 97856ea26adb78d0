/**
 * On whose behalf a file is read. A reading process has the files of one party only: what a file made of it reaches no
 * file of another.
 */
export type Party = string;

/** Where all files are of one. */
export const ONE_PARTY: Party = '';

/** Of a service's tenants. No tenant is called nothing, so none shares a process with what the service reads itself. */
export const partyOf = (tenant: string): Party => `tenant ${tenant}`;
