import * as vscode from 'vscode';
import type { Found } from '../../core/import/found.ts';
import { mergeFound, readChosenFile } from '../../core/import/merge.ts';
import { planImport, type Plan } from '../../core/import/plan.ts';
import { promptName } from '../../core/context/ownPrompts.ts';
import { isKept } from '../../core/keys/keyStore.ts';
import type { CommandContext } from '../commands/command.ts';
import { foreign, localiseForeign, pick, pickMany, tell, type Choice } from '../messages.ts';
import { readParameterSetting } from '../parameters.ts';
import { carryOut } from './carryOut.ts';
import { findTools } from './otherTools.ts';
import { findInWorkspace } from './ofWorkspace.ts';
import { readFolder, readText } from './readFiles.ts';
import { choiceOf } from './stepChoices.ts';
import { platform } from '../platform/current.ts';

/**
 * Shows what other tools have on this machine and takes over what the person ticks. Nothing is written before that, and
 * nothing is looked up elsewhere: what a reference in a file stands for stays unknown.
 */
export async function importSettings(context: CommandContext, home = platform().home): Promise<void> {
  const source = await pickSource(context, home === undefined ? undefined : vscode.Uri.file(home));
  if (source === undefined) return;
  const folder = context.pieces.prompts.folder();
  const plan = await planImport(source.found, {
    providers: context.services.catalogue().providers,
    hasKey: async (provider) => isKept(await context.keys.state(provider)),
    parameters: readParameterSetting(),
    prompts: new Map((await readFolder(folder, ['.md'])).flatMap(({ name, text }) => (promptName(name) === undefined ? [] : [[(promptName(name) ?? '').toLowerCase(), text] as const]))),
  });
  for (const problem of plan.problems) context.log.info(localiseForeign(problem));
  if (plan.steps.length === 0) {
    void tell('information', [vscode.l10n.t('There is nothing to take over from {0}.', foreign(source.label)), ...notes(plan)].join(' '));
    return;
  }
  await takeOver(source.label, plan, context);
}

async function takeOver(label: string, plan: Plan, { services, keys, pieces, log }: CommandContext): Promise<void> {
  const folder = pieces.prompts.folder();
  const { provider, model } = services.choice();
  const surroundings = { prompts: folder.fsPath, model: `${provider.id}/${model}` };
  const picked = await pickMany(plan.steps.map((step) => choiceOf(step, surroundings)), {
    title: vscode.l10n.t('What {0} has', foreign(label)),
    placeHolder: vscode.l10n.t('Tick what to take over. Keys are taken only if you tick them.'),
  });
  if (picked === undefined) return;
  const { done, left } = await carryOut(picked.map(({ step }) => step), { keys, prompts: folder, services: services.catalogue().providers.map(({ id }) => id), log });
  for (const line of left) log.info(line);
  const taken = done.length === 0 ? vscode.l10n.t('Nothing was taken over.') : vscode.l10n.t('Taken over from {0}: {1}.', foreign(label), done.join('; '));
  void tell('information', [taken, ...left, ...notes(plan)].join(' '));
}

/** The first of what cannot be taken over; the log has all. */
function notes({ problems }: Plan): readonly string[] {
  const shown = problems.slice(0, 3).map(localiseForeign);
  return problems.length > shown.length ? [...shown, vscode.l10n.t('The log (Rivulet: Show Log) has {0} more notes.', problems.length - shown.length)] : shown;
}

interface Source {
  readonly label: string;
  readonly found: Found;
}

/** Asks whose settings it should be: of the tools that are here, or a file. */
async function pickSource({ storage, pieces }: CommandContext, home: vscode.Uri | undefined): Promise<Source | undefined> {
  const tools = await findTools({ home, storage });
  const inWorkspace = await findInWorkspace(pieces.ports);
  const sources = [...tools, ...(inWorkspace.prompts.length === 0 ? [] : [{ label: vscode.l10n.t('This workspace'), found: inWorkspace }])];
  const choices: readonly (Choice & { readonly open: () => Promise<Source | undefined> })[] = [
    ...sources.map(({ label, found }) => ({ label, icon: 'extensions', description: summaryOf(found), open: async () => ({ label, found }) })),
    { label: vscode.l10n.t('Choose a File…'), icon: 'file', description: 'config.yaml, config.json, roo-code-settings.json, providers.json, *.md', open: chooseFile },
  ];
  const title = vscode.l10n.t('Coming from another tool');
  return (await pick(choices, { title, placeHolder: sources.length === 0 ? vscode.l10n.t('Nothing of Continue, Roo Code or Cline was found on this machine.') : vscode.l10n.t('Whose settings do you want to look at?') }))?.open();
}

function summaryOf({ services, prompts }: Found): string {
  const models = services.reduce((sum, service) => sum + service.models.length, 0);
  return vscode.l10n.t('services: {0}, models: {1}, prompts: {2}', services.length, models, prompts.length);
}

async function chooseFile(): Promise<Source | undefined> {
  const uris = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel: vscode.l10n.t('Look at It') });
  if (uris === undefined || uris.length === 0) return undefined;
  const files = await Promise.all(uris.map(readText));
  const read = files.filter((file) => file !== undefined);
  return { label: read.map(({ name }) => name).join(', ') || (uris[0]?.path ?? ''), found: mergeFound(read.map(({ name, text }) => readChosenFile(name, text))) };
}
