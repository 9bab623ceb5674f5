import type { VNode } from 'preact';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { ChatsSheet } from './ChatsSheet.tsx';
import { ChatTotal } from './ChatTotal.tsx';
import { Composer } from './Composer.tsx';
import { EditsAllowed } from './EditsAllowed.tsx';
import { EmptyChat } from './EmptyChat.tsx';
import { Header } from './Header.tsx';
import { focusComposer, useRedrawOn } from './hooks.ts';
import { KeyNote } from './KeyNote.tsx';
import { ParameterSheet, useFocusReturn } from './ParameterSheet.tsx';
import { ToolSheet } from './ToolSheet.tsx';
import { Transcript } from './Transcript.tsx';
import { Unasked } from './Unasked.tsx';
import { UndoStrip } from './UndoStrip.tsx';
import { Welcome } from './Welcome.tsx';

/** The whole page. */
export function App(): VNode | null {
  const { connection } = usePage();
  useRedrawOn(connection.onChange);
  const state = connection.state();
  const isCovered = state?.sheet !== undefined || state?.chats !== undefined || state?.toolPicker !== undefined;
  useFocusReturn(isCovered, state?.chat.id);
  // Before the first snapshot nothing is known, and it comes within milliseconds: better nothing than a flicker.
  if (state === undefined) return null;
  const { model, activity, turns, sheet, edits, unasked, toolPicker, chats, chat, undo, today, welcome } = state;
  const isEmpty = turns.length === 0;
  const needsKey = model.readiness === 'needs-key' || model.readiness === 'key-for-other-address';
  return (
    <>
      {(edits === 'allowed' || unasked.length > 0) && (
        <div class="allowed-strips">
          {edits === 'allowed' && <EditsAllowed />}
          {unasked.length > 0 && <Unasked names={unasked} />}
        </div>
      )}
      <div class={isCovered ? 'page covered' : 'page'} inert={isCovered}>
        <Header model={model} />
        <main class="main">
          {isEmpty && needsKey && <Welcome model={model} welcome={welcome} />}
          {isEmpty && !needsKey && <EmptyChat model={model} />}
          {!isEmpty && <Transcript turns={turns} activity={activity} />}
        </main>
        <section class="foot" aria-label={t('New message')}>
          {!isEmpty && needsKey && <KeyNote model={model} />}
          <ChatTotal turns={turns} today={today} />
          {undo !== undefined && !isCovered && <UndoStrip undo={undo} onLeft={focusComposer} />}
          <Composer state={state} />
        </section>
      </div>
      {sheet === undefined && chats === undefined && toolPicker !== undefined && <ToolSheet picker={toolPicker} />}
      {sheet === undefined && chats !== undefined && <ChatsSheet chats={chats} shownId={chat.id} undo={undo} />}
      {sheet !== undefined && <ParameterSheet sheet={sheet} />}
    </>
  );
}
