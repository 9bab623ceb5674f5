import type { VNode } from 'preact';
import { t } from '../strings.ts';
import { Button } from '../toolkit.ts';
import { Icon } from './Icon.tsx';

/** Properties of a {@link SendButton}. */
export interface SendButtonProperties {
  readonly isRunning: boolean;
  readonly isBlank: boolean;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

/** Sends; while an answer comes, stops it. One and the same button, so that the focus stays where it is. */
export function SendButton({ isRunning, isBlank, onSend, onStop }: SendButtonProperties): VNode {
  const label = isRunning ? t('Stop') : t('Send');
  return (
    <Button
      appearance="icon"
      class={`send-button ${isRunning ? 'stops' : ''} ${!isRunning && isBlank ? 'idle' : ''}`}
      label={label}
      title={isRunning ? t('Stop (Escape)') : t('Send (Enter)')}
      onClick={(event) => {
        // The second click of a double click on Send would stop what the first has begun.
        if (isRunning && event.detail < 2) onStop();
        else if (!isRunning) onSend();
      }}
    >
      <Icon name={isRunning ? 'stop' : 'send'} />
    </Button>
  );
}
