import { say } from '../../../src/protocol/localText.ts';
import type { PathGuard, PathPurpose } from '../../../src/core/guard/pathGuard.ts';

export interface FakeGuard extends PathGuard {
  readonly asked: (readonly [string, PathPurpose])[];
}

/** A guard of the folder `/w`: `.env` is a secret, `.git` is denied, `gone` is missing, `folder` and `link` are one, all else is a file. */
export function fakeGuard(): FakeGuard {
  const asked: (readonly [string, PathPurpose])[] = [];
  return {
    asked,
    async resolve(input, purpose) {
      asked.push([input, purpose]);
      const path = input.startsWith('/') ? input : `/w/${input}`;
      if (/(^|\/)\.git(\/|$)|^[a-z]+:/.test(input)) return { class: 'denied', reason: 'it is not for you' };
      const isInside = path.startsWith('/w/') || path === '/w';
      const isSecret = path.endsWith('.env');
      return {
        class: isInside ? (isSecret ? 'sensitive' : 'inside') : 'outside',
        canonical: path,
        written: path,
        display: isInside ? path.slice(3) || 'w' : path,
        kind: path.includes('gone') ? 'missing' : path.endsWith('/folder') ? 'directory' : 'file',
        ...(path.endsWith('/link') ? { isLink: true } : {}),
        reasons: isInside && !isSecret ? [] : [say('Because.')],
      };
    },
  };
}
