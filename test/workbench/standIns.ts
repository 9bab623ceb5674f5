import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Replaces the server's two compiled modules by JavaScript that does the same job, for machines without a compiler.
 * `modules` is the server's `node_modules`. The log writer writes the same files but does not rotate them; the watchdog
 * looks for its parent once a second and cannot do so while the event loop is blocked.
 */
export async function writeStandIns(modules: string): Promise<void> {
  await writeFile(join(modules, '@vscode', 'spdlog', 'index.js'), logWriter);
  await writeFile(join(modules, '@vscode', 'native-watchdog', 'index.js'), watchdog);
}

const logWriter = `'use strict';
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
let globalLevel = 2;
class Logger {
  constructor(type, name, file) { this.file = file; this.level = globalLevel; this.formatted = true; this.buffer = ''; }
  write(level, message) {
    if (level < this.level || !this.file) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    if (!this.buffer) this.timer = setTimeout(() => this.flush(), 200).unref();
    this.buffer += this.formatted ? stamp + ' [' + names[level] + '] ' + message + '\\n' : message;
    if (level >= 3) this.flush();
  }
  flush() {
    clearTimeout(this.timer);
    if (!this.buffer) return;
    try { appendFileSync(this.file, this.buffer); } catch {}
    this.buffer = '';
  }
  trace(m) { this.write(0, m); } debug(m) { this.write(1, m); } info(m) { this.write(2, m); }
  warn(m) { this.write(3, m); } error(m) { this.write(4, m); } critical(m) { this.write(5, m); }
  getLevel() { return this.level; } setLevel(level) { this.level = level; }
  setPattern() {} clearFormatters() { this.formatted = false; } drop() { this.flush(); }
}
const loggers = new Set();
process.on('exit', () => { for (const logger of loggers) logger.flush(); });
async function create(name, file) {
  mkdirSync(dirname(file), { recursive: true });
  const logger = new Logger('rotating', name, file);
  loggers.add(logger);
  return logger;
}
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = (level) => { globalLevel = level; for (const logger of loggers) logger.setLevel(level); };
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** The module that ends a process when its parent is gone. */
export const watchdog = `'use strict';
exports.start = (pid) => {
  setInterval(() => {
    try { process.kill(pid, 0); } catch { process.exit(87); }
  }, 1000).unref();
};
exports.exit = (code) => process.exit(code || 0);
`;
