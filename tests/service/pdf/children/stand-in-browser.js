import { spawnSync } from 'node:child_process';
import { fstatSync, readdirSync, readFileSync, readlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

/** Replaces the browser, as if a page had taken it over: the PDF that it writes contains the results of its attempts. */

const [port, secret] = process.argv.slice(2);

const attempt = (act) => {
  try {
    return String(act());
  } catch (error) {
    return error.code ?? error.message;
  }
};
const program = (name, ...args) => {
  const { status, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
  return error?.code ?? (status === 0 ? 'done' : stderr.trim());
};
const connected = await new Promise((resolve) => {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('connect', () => resolve('connected')).on('error', ({ code }) => resolve(code));
});

const status = readFileSync('/proc/self/status', 'utf8');
const said = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.split(/\s/)[0];

writeFileSync(
  '/job/report.pdf',
  JSON.stringify({
    user: process.getuid(),
    group: process.getgid(),
    groups: process.getgroups(),
    capabilities: [said('CapPrm'), said('CapEff'), said('CapBnd')],
    noNewPrivileges: said('NoNewPrivs'),
    filter: said('Seccomp'),
    environment: Object.keys(process.env).sort(),
    page: attempt(() => readFileSync('/job/report.html')),
    'core_pattern written': attempt(() => writeFileSync('/proc/sys/kernel/core_pattern', '|/tmp/x')),
    'secret read': attempt(() => readFileSync(secret)),
    'passwd read': attempt(() => readFileSync('/etc/passwd')),
    root: readdirSync('/').sort(),
    etc: readdirSync('/etc').sort(),
    var: attempt(() => readdirSync('/var').join(' ')).split(' '),
    processes: readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length,
    descriptors: readdirSync('/proc/self/fd')
      .map(Number)
      .filter((fd) => fd > 2 && attempt(() => readlinkSync(`/proc/self/fd/${fd}`)).startsWith('/'))
      .filter((fd) => !attempt(() => readlinkSync(`/proc/self/fd/${fd}`)).startsWith('/dev/')),
    'descriptor 200': attempt(() => fstatSync(200).size),
    connected,
    mounted: program('mount', '-t', 'tmpfs', 'x', '/tmp'),
    'made namespaces': program('unshare', '--user', '--mount', 'true'),
    'written beside the page': attempt(() => writeFileSync('/job/x', 'x')),
    'written over the page': attempt(() => writeFileSync('/job/report.html', 'x')),
    'written to the root': attempt(() => writeFileSync('/x', 'x')),
    'written too much': attempt(() => {
      writeFileSync('/tmp/x', 'x');
      truncateSync('/tmp/x', 257 * 1024 ** 2);
    }),
  }),
);
