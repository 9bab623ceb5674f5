import type { Platform } from './platform.ts';

let chosen: Platform | undefined;

/** What this extension host has; the one who builds everything says it first. */
export function usePlatform(platform: Platform): void {
  chosen = platform;
}

export function platform(): Platform {
  if (chosen === undefined) throw new Error('Nobody has said what there is on this host.');
  return chosen;
}
