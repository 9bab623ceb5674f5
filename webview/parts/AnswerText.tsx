import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { TextItem } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { createSentenceReader, type SentenceReader } from '../text/sentences.ts';
import { MarkdownText } from './MarkdownText.tsx';

/** Properties of an {@link AnswerText}. */
export interface AnswerProperties {
  readonly item: TextItem;
  readonly turnId: string;
  readonly isRunning: boolean;
}

/** A piece of the answer, spoken sentence by sentence while it comes. */
export function AnswerText({ item, turnId, isRunning }: AnswerProperties): VNode {
  const { announce, connection } = usePage();
  const reader = useRef<SentenceReader>(undefined);

  useEffect(() => {
    if (!isRunning) return undefined;
    const made = createSentenceReader(t('Code.'));
    reader.current = made;
    // What was there when the page was opened has been heard, or is there to be read; only its last sentence goes on.
    made.add(item.text);
    return () => {
      reader.current = undefined;
      for (const sentence of made.end()) announce(sentence);
    };
  }, [isRunning, announce]);

  const speak = (text: string): void => {
    for (const sentence of reader.current?.add(text) ?? []) announce(sentence);
  };
  // In an untrusted window nothing is changed for a model.
  const applies = connection.state()?.model.tools !== 'untrusted';
  return <MarkdownText item={item} class="answer" onGrowth={speak} {...(applies && { turnId })} />;
}
