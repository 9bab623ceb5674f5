import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { foldName, isShortName } from './names.ts';

/*
 * What is refused for how it is written. Everywhere: what is shown otherwise than it is opened, what is no path but looks
 * like one, and what no file on a POSIX system is called (`a::$DATA`, network shares). Where paths begin with a drive
 * also what Windows reads as another file. Elsewhere `aux.c`, `a:b` and `what?` are names like any other; a trailing dot,
 * a stream and a short name there are taken into account when the name is looked up among the sensitive ones.
 */

/** Why this text is no path that can be used, for the model; undefined when it may be one. */
export function spellingProblem(input: string): string | undefined {
  if (typeof input !== 'string' || input.trim() === '') return 'the path is empty';
  if (input.length > 1024) return 'the path is longer than 1,024 characters';
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u.test(input) || showHidden(input) !== input) return 'the path contains hidden or control characters';
  if (/^~|^\$(env:|[A-Z_][A-Z0-9_]*([/\\]|$))|\$[{(]|%[a-z_][a-z0-9_()]*%/i.test(input)) {
    return 'home and environment shorthands are not expanded; write the path relative to the workspace, with "./" in front if it is really named like that';
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(input)) return 'it is a URL, not a path of the workspace; a file that is really named like that is written with "./" in front';
  if (/::|:\$(data|index_allocation|bitmap|attribute_list)(:|$|[/\\])/i.test(foldName(input))) return 'it names a stream of a file, which cannot be used; write the path of the file';
  return undefined;
}

const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|clock\$)( *\..*)?$/s;

/** Why Windows would take this absolute path (`/c:/shop/a.ts`) for something else, for the model; undefined when it would not. */
export function windowsProblem(path: string): string | undefined {
  for (const segment of path.split('/').slice(2)) {
    if (/[<>"|?*:]/.test(segment)) return 'it contains a character that Windows does not allow in names';
    if (/[. ]$/.test(segment)) return 'a name in it ends with a dot or a blank, which Windows drops; write the name without';
    if (devices.test(foldName(segment))) return 'it names a device of Windows, not a file';
    if (isShortName(segment)) return 'it uses a short name of Windows; write the full name';
  }
  return undefined;
}
