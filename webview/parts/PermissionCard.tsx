import type { VNode } from 'preact';
import type { PermissionItem } from '../../src/protocol/viewState.ts';

/** A question that the model's work waits for. */
export function PermissionCard({ item }: { readonly item: PermissionItem }): VNode {
  return <section class="card permission" data-token={item.token} />;
}
