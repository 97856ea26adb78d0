/**
 * Runs what follows it where no sandbox can be made, as in a container that forbids it: bubblewrap is there and refuses.
 * Root loses the capability that namespaces take; anybody else is put where user namespaces are switched off.
 */
export const WITHOUT_NAMESPACES: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin', '--']
    : ['bwrap', '--unshare-user', '--disable-userns', '--dev-bind', '/', '/', '--'];
