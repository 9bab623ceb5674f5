import type { ViewState } from '../../src/protocol/viewState.ts';
import { chatStates } from './chatStates.ts';
import { contextStates } from './contextStates.ts';
import { rareStates } from './rareStates.ts';
import { readingStates } from './readingStates.ts';
import { reviewStates } from './reviewStates.ts';
import { states } from './states.ts';
import { toolStates } from './toolStates.ts';
import { welcomeStates } from './welcomeStates.ts';

/** Every state of the page that is looked at, by the name of its picture. */
export const allStates: Readonly<Record<string, ViewState>> = { ...states, ...rareStates, ...reviewStates, ...readingStates, ...chatStates, ...contextStates, ...welcomeStates, ...toolStates };
