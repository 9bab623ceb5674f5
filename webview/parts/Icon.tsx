import type { VNode } from 'preact';
import { iconPath, type IconName } from '../drawing/icons.ts';

/** A picture in the colour of the text around it; it has no name of its own. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={iconPath(name)} />
    </svg>
  );
}
