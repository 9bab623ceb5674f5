import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { BeforeImage } from './beforeImages.ts';
import type { Obstacle, Restoration } from './revert.ts';
import type { Confirmation } from './reviews.ts';

const mostNamed = 20;

/** So many files are explained that could not be put back. */
const mostExplained = 5;

/** Asks what to do with files that were edited since. */
export function editedSince(edited: readonly Restoration[]): Confirmation {
  const text = edited.length === 1 ? say('1 file was edited since the turn. Restore it too?') : say('{0} files were edited since the turn. Restore them too?', edited.length);
  return { text, details: [...named(edited.map(({ display }) => display)), say('What was written there since would be lost from the files. One Undo in each brings it back.')], yes: say('Restore Those Too') };
}

/** Asks whether all of these go back, of which the person has named one. */
export function togetherWith(images: readonly BeforeImage[]): Confirmation {
  const lines = images.map(({ origin, current }) => (origin !== undefined && current !== undefined && origin.canonical !== current.canonical ? `${current.display} → ${origin.display}` : ((current ?? origin)?.display ?? '')));
  return { text: say('This can only be put back together with other steps of the turn. Put all of it back?'), details: [...named(lines), say('These are put back as they were before the turn.')], yes: say('Put All Back') };
}

/** Files by name, a line each, as far as a dialog has room. */
export function named(displays: readonly string[]): readonly LocalText[] {
  const more = displays.length > mostNamed ? [say('… and {0} more.', displays.length - mostNamed)] : [];
  return [...displays.slice(0, mostNamed).map((display) => say('{0}', showHidden(display))), ...more];
}

/** Asks whether the files that nobody has edited since are restored without the others. */
export function onlyOthers(count: number): Confirmation {
  const text = count === 1 ? say('Restore only the 1 file that was not edited since?') : say('Restore only the {0} files that were not edited since?', count);
  return { text, details: [], yes: say('Restore Only Those') };
}

/** What the person is told of files that could not be put back. */
export function explainObstacles(obstacles: readonly Obstacle[]): readonly LocalText[] {
  const more = obstacles.length - mostExplained;
  return [...obstacles.slice(0, mostExplained).map(({ obstacle }) => obstacle), ...(more > 0 ? [say('{0} more files were not put back.', more)] : [])];
}
