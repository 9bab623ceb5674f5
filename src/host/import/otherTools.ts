import * as vscode from 'vscode';
import { readClineProviders, readClineState } from '../../core/import/cline.ts';
import { readContinueJson, readContinueYaml } from '../../core/import/continueDev.ts';
import type { Found } from '../../core/import/found.ts';
import { foundPrompts, mergeFound } from '../../core/import/merge.ts';
import { readPromptFile, type PromptFolder } from '../../core/import/promptFile.ts';
import { readRooCode } from '../../core/import/rooCode.ts';
import { say } from '../../protocol/localText.ts';
import { isThere, readFolder, readText } from './readFiles.ts';
import { rooExports } from './rooExports.ts';

/** Where to look. */
export interface ToolPlaces {
  readonly home: vscode.Uri | undefined;
  /** Where Rivulet keeps things for all windows: other extensions' folders lie beside it. */
  readonly storage: vscode.Uri;
}

/** A tool of which something was found on this machine. */
export interface FoundTool {
  readonly label: string;
  readonly found: Found;
}

const markdown = ['.md', '.prompt'];

/** What the three tools keep on this machine. Only read, and only when the person has asked for it. */
export async function findTools(places: ToolPlaces): Promise<readonly FoundTool[]> {
  const tools = await Promise.all([ofContinue(places), ofRooCode(places), ofCline(places)]);
  return tools.filter(({ found }) => found.services.length + found.prompts.length + found.problems.length > 0);
}

async function ofContinue({ home }: ToolPlaces): Promise<FoundTool> {
  const label = 'Continue';
  if (home === undefined) return { label, found: mergeFound([]) };
  const folder = vscode.Uri.joinPath(home, '.continue');
  const yaml = (await readText(vscode.Uri.joinPath(folder, 'config.yaml'))) ?? (await readText(vscode.Uri.joinPath(folder, 'config.yml')));
  // Continue does not read the old file where there is a new one.
  const json = yaml === undefined ? await readText(vscode.Uri.joinPath(folder, 'config.json')) : undefined;
  const others = await Promise.all(['assistants', 'configs', 'models', 'prompts'].map(async (name) => readFolder(vscode.Uri.joinPath(folder, name), ['.yaml', '.yml'])));
  const configs = [...(yaml === undefined ? [] : [yaml]), ...others.flat()].map(({ text }) => readContinueYaml(text));
  return { label, found: mergeFound([...configs, ...(json === undefined ? [] : [readContinueJson(json.text)]), await promptsIn(vscode.Uri.joinPath(folder, 'prompts'), 'prompt'), await promptsIn(vscode.Uri.joinPath(folder, 'rules'), 'rule')]) };
}

async function ofRooCode({ home, storage }: ToolPlaces): Promise<FoundTool> {
  const label = 'Roo Code';
  const exports = (await Promise.all(rooExports(home).map(readText))).filter((file) => file !== undefined);
  const all = exports.map(({ text }) => readRooCode(text));
  if (home !== undefined) all.push(await promptsIn(vscode.Uri.joinPath(home, '.roo', 'commands'), 'prompt'), await promptsIn(vscode.Uri.joinPath(home, '.roo', 'rules'), 'rule'));
  const isInstalled = await isThere(vscode.Uri.joinPath(storage, '..', 'rooveterinaryinc.roo-cline'));
  const found = mergeFound(all);
  const hidden = exports.length === 0 && isInstalled ? [say('Roo Code keeps its services where no other extension can read. Export its settings there, then choose that file here.')] : [];
  return { label, found: { ...found, problems: [...found.problems, ...hidden] } };
}

async function ofCline({ home, storage }: ToolPlaces): Promise<FoundTool> {
  const label = 'Cline';
  const all: Found[] = [];
  if (home !== undefined) {
    const data = vscode.Uri.joinPath(home, '.cline', 'data');
    const providers = await readText(vscode.Uri.joinPath(data, 'settings', 'providers.json'));
    const state = await readText(vscode.Uri.joinPath(data, 'globalState.json'));
    const secrets = await readText(vscode.Uri.joinPath(data, 'secrets.json'));
    if (providers !== undefined) all.push(readClineProviders(providers.text));
    if (state !== undefined) all.push(readClineState(state.text, secrets?.text));
    const documents = vscode.Uri.joinPath(home, 'Documents', 'Cline');
    all.push(await promptsIn(vscode.Uri.joinPath(documents, 'Workflows'), 'prompt'), await promptsIn(vscode.Uri.joinPath(documents, 'Rules'), 'rule'));
  }
  const found = mergeFound(all);
  const isOld = found.services.length === 0 && (await isThere(vscode.Uri.joinPath(storage, '..', 'saoudrizwan.claude-dev')));
  const hidden = isOld ? [say('This Cline keeps its services where no other extension can read. Newer ones keep them in ~/.cline: update it and start it once.')] : [];
  return { label, found: { ...found, problems: [...found.problems, ...hidden] } };
}

async function promptsIn(uri: vscode.Uri, folder: PromptFolder): Promise<Found> {
  const files = await readFolder(uri, folder === 'rule' ? [...markdown, '.txt'] : markdown);
  return foundPrompts(files.map(({ name, text }) => readPromptFile(name, text, folder)));
}
