export const SETPRIV = '/usr/bin/setpriv';

/** Returns setpriv's options to become another user, without groups and irreversibly. Requires root. */
export const becomeUserArguments = (user: number): string[] => [
  `--reuid=${user}`,
  `--regid=${user}`,
  '--clear-groups',
  '--bounding-set=-all',
  '--inh-caps=-all',
];
