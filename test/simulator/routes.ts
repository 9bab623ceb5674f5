import type { Service } from './service.ts';
import { deepseek, open } from './services/deepseek.ts';
import { iflow } from './services/iflow.ts';
import { jiekou } from './services/jiekou.ts';

interface Base {
  readonly path: string;
  readonly service: Service;
  readonly beta?: true;
}

/** Where each service answers; DeepSeek and jiekou.ai take their base with and without /v1 (docs/servers.md §2 and §3). */
const bases: readonly Base[] = [
  { path: '/deepseek', service: deepseek },
  { path: '/deepseek/v1', service: deepseek },
  { path: '/deepseek/beta', service: deepseek, beta: true },
  { path: '/iflow/v1', service: iflow },
  { path: '/jiekou/openai', service: jiekou },
  { path: '/jiekou/openai/v1', service: jiekou },
  { path: '/open/v1', service: open },
];

/** The base a person would put into settings, by service. */
export const mainBases = { deepseek: '/deepseek', iflow: '/iflow/v1', jiekou: '/jiekou/openai/v1', open: '/open/v1' } as const;

/** A path that a service knows. */
export interface Route {
  readonly service: Service;
  readonly beta: boolean;
  readonly resource: string;
}

/** The service and resource of a path, or undefined: a doubled /v1 or a missing one is not forgiven. */
export function routeOf(path: string): Route | undefined {
  for (const base of bases) {
    if (!path.startsWith(`${base.path}/`)) continue;
    const resource = path.slice(base.path.length + 1);
    if (resource === 'chat/completions' || Object.hasOwn(base.service.resources, resource)) {
      return { service: base.service, beta: base.beta === true, resource };
    }
  }
  return undefined;
}
