export const SETPRIV = '/usr/bin/setpriv';

/** Another user, in no group of anybody's and without a way back. Root alone can do this. */
export const becomeUser = (user: number): string[] => [
  `--reuid=${user}`,
  `--regid=${user}`,
  '--clear-groups',
  '--bounding-set=-all',
  '--inh-caps=-all',
];
