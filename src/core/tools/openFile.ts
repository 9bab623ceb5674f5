import { say } from '../../protocol/localText.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { refuse, type ToolContext, type ToolResult } from './tool.ts';

/** An existing file that the model named and may look into, the person asked where that takes a question; else the refusal. */
export async function openFile(tool: string, input: string, { guard, person, signal }: ToolContext): Promise<ResolvedPath | ToolResult> {
  const place = await guard.resolve(input, 'read');
  if (place.class === 'denied') return refuse(`${tool} cannot look into "${showHidden(input)}": ${place.reason}.`);
  if (place.kind === 'missing') return refuse(`${tool} was not run: there is no file "${place.display}". Look for its path with find_files.`);
  if (place.kind === 'directory') return refuse(`${tool} was not run: "${place.display}" is a folder, not a file. Give the path of a file in it.`);
  if (place.class === 'inside') return place;
  const allowed = await person.allows({ text: say('Let the model read {0}?', place.display), reasons: place.reasons, canonical: place.canonical }, signal);
  return allowed ? place : refuse(`${tool} was not run: the person did not allow "${place.display}" to be looked at. Go on without it.`);
}
