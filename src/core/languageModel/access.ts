import { say } from '../../protocol/localText.ts';
import { asArray, type Json } from '../json.ts';
import type { Confirmation } from '../reviews/reviews.ts';

/** Who asks for an answer: VS Code itself, or an extension, by its id. */
export interface Requester {
  readonly id: string;
  readonly name: string;
  /** VS Code or what it brings: the person chose the model there. */
  readonly isVsCode: boolean;
}

/** The id of whoever VS Code does not name; no extension's, for those hold a dot. */
export const unnamed = 'unknown';

/** Whether other extensions may ask: each after a question, all of them, or nobody, VS Code included. */
export type AccessPolicy = 'ask' | 'allow' | 'off';

export interface AccessParts {
  readonly policy: () => AccessPolicy;
  /** The ids that were allowed, in every window. */
  readonly memory: { read(): unknown; write(value: Json): Promise<void> };
  readonly confirm: (question: Confirmation) => Promise<boolean>;
}

/**
 * Who may spend the person's money. VS Code asks before an extension uses a model only where the model's extension may use
 * an interface that is not published (`requiresAuthorization`, seen in 1.104 and 1.139), so it is asked here.
 */
export interface Access {
  /** Asks the person the first time; a yes is kept, a no holds until the window closes. */
  isAllowed(requester: Requester, service: string): Promise<boolean>;
  /** The ids of those that were allowed. */
  allowed(): readonly string[];
  withdraw(id: string): Promise<void>;
}

export function createAccess({ policy, memory, confirm }: AccessParts): Access {
  const answers = new Map<string, Promise<boolean>>();
  const allowed = (): readonly string[] => asArray(memory.read()).filter((id): id is string => typeof id === 'string' && id !== unnamed);

  async function ask({ id, name }: Requester, service: string): Promise<boolean> {
    const isYes = await confirm({
      // The id is VS Code's word, the name the extension's own.
      text: say('The extension {0} wants to use the models that you have keys for in Rivulet.', id),
      details: [
        ...(name === id ? [] : [say('It calls itself “{0}”.', shortName(name))]),
        say('What it asks goes to {0} with your key, and you pay for it.', service),
        id === unnamed ? say('VS Code does not say which extension it is. You are asked again in each window.') : say('You are asked once for each extension. “Rivulet: Manage Models” withdraws it.'),
      ],
      yes: say('Allow'),
    });
    if (isYes && id !== unnamed) await memory.write([...new Set([...allowed(), id])]);
    return isYes;
  }

  return {
    allowed,
    async isAllowed(requester, service) {
      const present = policy();
      if (present === 'off') return false;
      if (requester.isVsCode || present === 'allow' || allowed().includes(requester.id)) return true;
      const answer = answers.get(requester.id) ?? ask(requester, service);
      answers.set(requester.id, answer);
      const isYes = await answer;
      // Withdrawn later, it is asked for again.
      if (isYes && requester.id !== unnamed) answers.delete(requester.id);
      return isYes;
    },
    async withdraw(id) {
      answers.delete(id);
      await memory.write(allowed().filter((each) => each !== id));
    },
  };
}

/** Sixty characters at most, without quotation marks, behind which it could go on in our name. */
function shortName(name: string): string {
  const characters = Array.from(name.replace(/["“”„«»「」『』]/g, '\''));
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : characters.join('');
}
