import { parentPort } from 'node:worker_threads';
import { readContinueJson } from '../../../src/core/import/continueDev.ts';
import { isSameAddress, serviceAddress } from '../../../src/core/import/found.ts';

/*
 * Reads files that mean harm, and says which regular expressions were given how many characters. A thread of its own: once
 * expressions have been watched all of them are slow for good.
 */

const looked: (readonly [string, number])[] = [];
const expressions: object = RegExp.prototype;
const exec = Reflect.get(expressions, 'exec') as (this: RegExp, text: string) => RegExpExecArray | null;

Reflect.set(expressions, 'exec', function (this: RegExp, text: string): RegExpExecArray | null {
  if (looked.length < 1000) looked.push([this.source, text.length]);
  return exec.call(this, text);
});

for (const blank of ['\n', ' ', '\n ', '//', '/ ', '\r\n']) readContinueJson(`${blank.repeat(3000)}{}`);
serviceAddress(`https://host.example${'/'.repeat(1900)}x`);
serviceAddress(`https://host.example${'/chat/completions'.repeat(100)}x`);
isSameAddress(`https://host.example${'/'.repeat(1900)}x`, 'https://host.example');
/watched/.test('watched');
parentPort?.postMessage(looked);
