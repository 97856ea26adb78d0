import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FetchFault } from '../../../../src/base/net/fetch-fault.ts';
import { fetchLink } from '../../../../src/service/fetching/fetch-link.ts';
import { download } from '../../../../src/service/trust/download.ts';
import { createSecret } from '../../../../src/service/webhooks/secret.ts';
import { WebhookSender } from '../../../../src/service/webhooks/send.ts';

/**
 * Runs in a network namespace of its own. Assigns itself public addresses, has a gateway with public addresses in
 * another namespace, serves a picture on both, and tries to fetch it by each route on which Assay connects on behalf of
 * a user. Prints the result of each attempt, and the number of connections and requests.
 */
const [assay] = process.argv.slice(2);

const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const OWN = ['45.83.9.9', '2606:4700:9::9'];
const GATEWAYS = ['45.83.10.1', '2606:4700:10::1'];
const HERE = ['45.83.10.2', '2606:4700:10::2'];
const LATER = '45.83.11.11';
const ANY = '45.83.99.7';

const ip = (words) => execFileSync('ip', words.split(' '), { stdio: ['ignore', 'ignore', 'inherit'] });

ip('link set lo up');
for (const address of OWN) ip(`addr add ${address}/${address.includes(':') ? '128 nodad' : '32'} dev lo`);

const GATEWAY = `require('node:http').createServer((request, response) => {
  console.log('asked');
  response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from('${PICTURE.toString('hex')}', 'hex'));
}).on('connection', () => console.log('connected')).listen(8080, '::', () => console.log('ready'));`;
const gateway = spawn('unshare', ['--net', process.execPath, '-e', GATEWAY], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let said = '';
gateway.stdout.setEncoding('utf8').on('data', (text) => {
  said += text;
});
while (!said.includes('ready')) await once(gateway.stdout, 'data');
if (readlinkSync(`/proc/${gateway.pid}/ns/net`) === readlinkSync('/proc/self/ns/net'))
  throw new Error('the gateway is in the same namespace');
ip(`link add v0 type veth peer name v1 netns ${gateway.pid}`);
const there = (words) =>
  execFileSync('nsenter', [`--net=/proc/${gateway.pid}/ns/net`, 'ip', ...words.split(' ')]);
for (const [at, address] of GATEWAYS.entries()) {
  const more = address.includes(':') ? '/64 nodad' : '/24';
  there(`addr add ${address}${more} dev v1`);
  ip(`addr add ${HERE[at]}${more} dev v0`);
}
there('link set v1 up');
ip('link set v0 up');
for (const address of GATEWAYS)
  ip(`route add default via ${address}`.replace('route', address.includes(':') ? '-6 route' : 'route'));

let connected = 0;
let asked = 0;
const server = createServer((request, response) => {
  asked += 1;
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE));
});
server.on('connection', () => {
  connected += 1;
});
await once(server.listen(8080, '::'), 'listening');

const folder = mkdtempSync(join(tmpdir(), 'assay-namespace-'));
const at = (address) => (address.includes(':') ? `[${address}]` : address);
const resolveTo = (address) => (_name, _options, callback) =>
  callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);

const results = {};
/** Returns the result of an attempt, with the number of connections and requests that the server of `on` got during it. */
async function attempt(name, run) {
  const before = [connected, asked, said.length];
  const came = await run();
  // The gateway's output arrives slightly later.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const told = said.slice(before[2]);
  const count = (word) => told.split(word).length - 1;
  results[name] = {
    came,
    connected: connected - before[0] + count('connected'),
    asked: asked - before[1] + count('asked'),
  };
}

const link = async (url, { hosts = [], denied = [], resolve } = {}) => {
  const settings = { mode: 'all', hosts: new Set(hosts), denied };
  const done = await fetchLink(url, { settings, folder }, { ...(resolve && { resolve }) });
  return done.kind === 'refused' ? done.code : done.kind;
};
const hook = async (url, { allowed = [], denied = [], resolve } = {}) => {
  const sender = new WebhookSender(new Set(allowed), denied, { ...(resolve && { resolve }) });
  const end = await sender.send({ id: 'msg_1', url, secrets: [createSecret()], body: '{}' }, new Date());
  return end.code ?? end.outcome;
};
const list = async (host, { own = [], denied = [], resolve } = {}) => {
  const from = { urls: new Map(), hosts: new Set([host]), ownHosts: new Set(own) };
  try {
    await download(`https://${host}/`, from, { denied, ...(resolve && { resolve }) });
    return 'downloaded';
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return error.code;
  }
};

for (const address of [...OWN, ...HERE, ...GATEWAYS]) {
  const host = `${at(address)}:8080`;
  const named = { resolve: resolveTo(address) };
  await attempt(`link ${address}`, () => link(`http://${host}/a.png`));
  await attempt(`link to a name of ${address}`, () => link('http://rebound.example:8080/a.png', named));
  await attempt(`webhook ${address}`, () => hook(`https://${host}/`));
  await attempt(`webhook to a name of ${address}`, () => hook('https://rebound.example:8080/', named));
  await attempt(`list ${address}`, () => list(host));
  await attempt(`list at a name of ${address}`, () => list('rebound.example:8080', named));
  const allowed = { allowed: [host], hosts: [host], own: [host] };
  await attempt(`named: link ${address}`, () => link(`http://${host}/a.png`, allowed));
  await attempt(`named: webhook ${address}`, () => hook(`http://${host}/`, allowed));
  await attempt(`named: list ${address}`, () => list(host, allowed));
  const denied = { ...allowed, denied: ['45.83.0.0/16', '2606:4700::/32'] };
  await attempt(`denied: link ${address}`, () => link(`http://${host}/a.png`, denied));
  await attempt(`denied: webhook ${address}`, () => hook(`http://${host}/`, denied));
  await attempt(`denied: list ${address}`, () => list(host, denied));
}
const inside = ['inside.example'];
await attempt('named: link to a name', () =>
  link('http://inside.example:8080/a.png', { hosts: inside, resolve: resolveTo(OWN[0]) }),
);
// One address was added a moment ago, the other is known only by its route: no interface has it.
ip(`addr add ${LATER}/32 dev lo`);
await attempt('link to an address that is new', () => link(`http://${LATER}:8080/a.png`));
ip('route add local 45.83.99.0/24 dev lo');
await attempt('link to an address of a local route', () => link(`http://${ANY}:8080/a.png`));

const env = { PATH: process.env.PATH, ASSAY_FETCH: 'all' };
await attempt('assay fetch', () => {
  // Asynchronous, because the server runs in the event loop of this process.
  const child = spawn(process.execPath, [assay, 'fetch', `http://${OWN[0]}:8080/a.png`], {
    env,
    stdio: 'ignore',
  });
  return once(child, 'exit').then(([code]) => code);
});

rmSync(folder, { recursive: true, force: true });
gateway.kill();
server.closeAllConnections();
server.close();
process.stdout.write(JSON.stringify(results));
