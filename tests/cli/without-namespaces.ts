/**
 * Runs the given command where no sandbox can be made, as in a container that forbids it: bubblewrap is present and
 * refuses. Root loses the capability that namespaces need; other users get an environment in which user namespaces are
 * switched off.
 */
export const WITHOUT_NAMESPACES: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin', '--']
    : ['bwrap', '--unshare-user', '--disable-userns', '--dev-bind', '/', '/', '--'];
