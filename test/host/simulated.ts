import type { Simulator } from '../simulator/server.ts';
import { reset, secrets, settings } from './fakeVscode.ts';

/** A fresh VS Code whose DeepSeek is the simulator's, with its key and, where one is named, this model chosen. */
export function resetTo(simulator: Simulator, model?: string): void {
  reset();
  simulator.requests.length = 0;
  moveTo('deepseek', simulator.bases.deepseek, simulator.keys.deepseek);
  if (model !== undefined) settings.set('rivulet.model', `deepseek/${model}`);
}

/** Gives a service this address and a key that was given for it. */
export function moveTo(service: string, baseUrl: string, key: string): void {
  settings.set('rivulet.baseUrls', { [service]: baseUrl });
  secrets.set(`rivulet.key.${service}`, JSON.stringify({ origin: new URL(baseUrl).origin, key }));
}
