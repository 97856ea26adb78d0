interface LockedPart {
  resolved?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
  version?: string;
}
export function isAllowed(licence: string): boolean;
export function faultsOf(
  lock: { packages: Record<string, LockedPart> },
  manifest: { dependencies?: Record<string, string>; devDependencies?: Record<string, string> },
  shipped?: (name: string, version: string) => boolean,
): string[];
