// Loaded into the Node processes of a server (`--require`): writes each connection that is begun, and each name that is
// looked up, as a line of JSON to the file that RIVULET_NETWORK_LOG names.
'use strict';
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const file = process.env.RIVULET_NETWORK_LOG;
const isExtensionHost = process.argv.includes('--type=extensionHost') || /extensionHostProcess/.test(process.env.VSCODE_ESM_ENTRYPOINT ?? '');

function note(kind, to) {
  const stack = (new Error().stack ?? '').split('\n').slice(3, 8).map((line) => line.trim());
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), pid: process.pid, host: isExtensionHost, kind, to, stack })}\n`);
}

function before(owner, name, look) {
  const own = owner[name];
  if (typeof own !== 'function') return;
  owner[name] = function (...args) {
    look(args);
    return own.apply(this, args);
  };
}

if (file !== undefined) {
  note('start', isExtensionHost ? 'extension host' : 'server');
  before(net.Socket.prototype, 'connect', ([first, second]) => {
    // Arguments that Node has put in order already come as an array.
    const options = Array.isArray(first) ? first[0] : first;
    const path = typeof options === 'string' && Number.isNaN(Number(options)) ? options : options?.path;
    if (path !== undefined) return note('local socket', path);
    const port = typeof options === 'object' ? options?.port : options;
    return note('connection', `${typeof options === 'object' ? (options?.host ?? 'localhost') : typeof second === 'string' ? second : 'localhost'}:${port}`);
  });
  before(dgram.Socket.prototype, 'send', (args) => note('datagram', args.filter((arg) => typeof arg === 'string' || typeof arg === 'number').join(' ')));
  for (const owner of [dns, dns.promises]) {
    for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']) before(owner, name, ([host]) => note('name', String(host)));
  }
}
