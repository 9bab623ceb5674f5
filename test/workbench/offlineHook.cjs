// Loaded into every Node process of a server (`--require`): to it there is nothing but this machine. What is refused is
// written, a line each, to the file that RIVULET_REFUSED names.
'use strict';
const { appendFileSync } = require('node:fs');
const dns = require('node:dns');
const net = require('node:net');

const isHere = (host) => host === undefined || /^(localhost|.*\.localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/.test(host);

function refused(code, host) {
  appendFileSync(process.env.RIVULET_REFUSED, `${host}\n`);
  return Object.assign(new Error(`${code} ${host}`), { code, hostname: host });
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // Arguments that Node has put in order already come as an array.
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof options === 'object' ? options?.host : typeof args[1] === 'string' ? args[1] : undefined;
  if (isHere(host)) return connect.apply(this, args);
  process.nextTick(() => this.destroy(refused('ENETUNREACH', host)));
  return this;
};

for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny']) {
  const own = dns[name];
  dns[name] = function (host, ...rest) {
    if (isHere(host) || net.isIP(host)) return own.call(this, host, ...rest);
    return process.nextTick(() => rest.at(-1)(refused('ENOTFOUND', host)));
  };
  const promised = dns.promises[name];
  dns.promises[name] = async function (host, ...rest) {
    if (isHere(host) || net.isIP(host)) return promised.call(this, host, ...rest);
    throw refused('ENOTFOUND', host);
  };
}
