import * as vscode from 'vscode';
import { tailOf } from '../../core/import/found.ts';
import { isKnownAddress } from '../../core/import/knownServices.ts';
import type { Step } from '../../core/import/plan.ts';
import { foreign, type TickedChoice } from '../messages.ts';

/** What the words of a step need to know. */
export interface StepSurroundings {
  /** The folder of prompts, as the person knows it. */
  readonly prompts: string;
  /** `service/model` that questions go to now. */
  readonly model: string;
}

/**
 * A step as a line to tick: what it is, and where it would be written. Ticked are only services and the person's own
 * prompts: keys, the model in use, and words that would be sent without being called for are for the person to choose, as
 * is a service that nobody knows and that would be offered the key of a variable.
 */
export function choiceOf(step: Step, { prompts, model }: StepSurroundings): TickedChoice & { readonly step: Step } {
  switch (step.kind) {
    case 'service': {
      const { provider } = step;
      const { id, label, baseUrl, keyVariable } = provider;
      const names = provider.models.slice(0, 4).map((model) => model.id).join(', ');
      const models = foreign(provider.models.length > 4 ? `${names}, …` : names);
      const detail = keyVariable === undefined ? vscode.l10n.t('{0} → rivulet.endpoints, as {1}', models, id) : vscode.l10n.t('{0} → rivulet.endpoints, as {1}; it names {2} as the variable of the key', models, id, keyVariable);
      return { step, icon: 'server', isTicked: keyVariable === undefined || isKnownAddress(baseUrl), label, description: baseUrl, detail };
    }
    case 'key':
      return { step, icon: 'key', isTicked: false, label: vscode.l10n.t('A key for {0}, ending in {1}', foreign(new URL(step.origin).host), tailOf(step.key)), detail: vscode.l10n.t('→ secret storage of VS Code, sent to {0} only', foreign(step.origin)) };
    case 'model':
      return { step, icon: 'sparkle', isTicked: false, label: vscode.l10n.t('Use {0} from now on', foreign(step.model)), description: step.provider.label, detail: vscode.l10n.t('→ rivulet.model, in place of {0}', foreign(model)) };
    case 'parameters':
      return { step, icon: 'settings', isTicked: false, label: vscode.l10n.t('Parameters for {0}', foreign(step.name)), description: JSON.stringify(step.values), detail: '→ rivulet.parameters' };
    case 'prompt': {
      const { kind, name, isOfWorkspace } = step.prompt;
      const note = isOfWorkspace === true ? vscode.l10n.t('comes with the workspace; would be your own') : kind === 'rule' ? vscode.l10n.t('a rule there; here it goes only with questions that call it') : undefined;
      return { step, icon: 'comment', isTicked: kind === 'prompt' && isOfWorkspace !== true, label: `/${name}`, ...(note !== undefined && { description: note }), detail: `→ ${prompts}/${name}.md` };
    }
  }
}
