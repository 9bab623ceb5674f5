import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TurnChangesView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';

/** After this long without an answer it may be asked for again: the host may have asked back, and been told no. */
const patienceMs = 5000;

/** Properties of {@link TurnChanges}. */
export interface TurnChangesProperties {
  readonly turnId: string;
  readonly changes: TurnChangesView;
  /** Whether nothing runs in the chat, which might write to the same files. */
  readonly isIdle: boolean;
}

/** How many files the turn has changed, and the way back. */
export function TurnChanges({ turnId, changes, isIdle }: TurnChangesProperties): VNode {
  const { post } = usePage();
  const [pressed, setPressed] = useState<TurnChangesView>();
  useEffect(() => {
    if (pressed === undefined) return undefined;
    const timer = setTimeout(() => setPressed(undefined), patienceMs);
    return () => clearTimeout(timer);
  }, [pressed]);
  const { files, state } = changes;
  const words = files === 1 ? t('Changed 1 file') : t('Changed {0} files', files);
  return (
    <div class="turn-changes">
      <Icon name="file" />
      <span class={state === 'reverted' ? 'reverted' : ''}>{words}</span>
      {state !== 'kept' ? (
        <span>{state === 'reverted' ? t('Reverted') : whyNot(changes)}</span>
      ) : (
        <PushButton
          look="secondary"
          isOff={!isIdle || pressed === changes}
          title={isIdle ? t('Put the files back as they were before this turn') : t('Wait until the answer is complete')}
          onPress={() => {
            setPressed(changes);
            post({ type: 'revert-turn', turnId });
          }}
        >
          <Icon name="reset" />
          {t('Revert')}
        </PushButton>
      )}
    </div>
  );
}

function whyNot({ why }: TurnChangesView): string {
  switch (why) {
    case 'copy':
      return t('This chat is a copy: the change can be reverted only in the chat that it was made of, if it still can be');
    case 'damaged':
      return t('Cannot be reverted: what was kept of the files could not be read, and was set aside');
    default:
      return t('Cannot be reverted any more');
  }
}
