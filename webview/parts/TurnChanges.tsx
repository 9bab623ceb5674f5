import type { VNode } from 'preact';
import type { TurnChangesView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { usePressed, useSpokenOnce } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';

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
  const [isPressed, press] = usePressed(changes);
  const { files, state } = changes;
  const words = files === 1 ? t('Changed 1 file') : t('Changed {0} files', files);
  const expectWords = useSpokenOnce(state === 'reverted', t('Reverted: {0}', words));
  return (
    <div class="turn-changes">
      <Icon name="file" />
      <span class={state === 'reverted' ? 'reverted' : ''}>{words}</span>
      {state !== 'kept' ? (
        <span>{state === 'reverted' ? t('Reverted') : whyNot(changes)}</span>
      ) : (
        <PushButton
          look="secondary"
          isOff={!isIdle || isPressed}
          title={isIdle ? t('Put the files back as they were before this turn') : t('Wait until the answer is complete')}
          onPress={() => {
            press();
            expectWords();
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
