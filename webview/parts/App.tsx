import type { VNode } from 'preact';
import { usePage } from '../page.ts';
import { ChatTotal } from './ChatTotal.tsx';
import { Composer } from './Composer.tsx';
import { EditsAllowed } from './EditsAllowed.tsx';
import { EmptyChat } from './EmptyChat.tsx';
import { Header } from './Header.tsx';
import { useRedrawOn } from './hooks.ts';
import { KeyNote } from './KeyNote.tsx';
import { ParameterSheet, useFocusReturn } from './ParameterSheet.tsx';
import { Transcript } from './Transcript.tsx';
import { Welcome } from './Welcome.tsx';

/** The whole page. */
export function App(): VNode | null {
  const { connection } = usePage();
  useRedrawOn(connection.onChange);
  const state = connection.state();
  useFocusReturn(state?.sheet !== undefined);
  // Before the first snapshot nothing is known, and it comes within milliseconds: better nothing than a flicker.
  if (state === undefined) return null;
  const { model, activity, turns, sheet, edits, welcome } = state;
  const isEmpty = turns.length === 0;
  const needsKey = model.readiness === 'needs-key' || model.readiness === 'key-for-other-address';
  return (
    <>
      {edits === 'allowed' && <EditsAllowed />}
      <div class={sheet === undefined ? 'page' : 'page covered'} inert={sheet !== undefined}>
        <Header model={model} />
        <main class="main">
          {isEmpty && needsKey && <Welcome model={model} welcome={welcome} />}
          {isEmpty && !needsKey && <EmptyChat model={model} />}
          {!isEmpty && <Transcript turns={turns} activity={activity} />}
        </main>
        <div class="foot">
          {!isEmpty && needsKey && <KeyNote model={model} />}
          <ChatTotal turns={turns} />
          <Composer state={state} />
        </div>
      </div>
      {sheet !== undefined && <ParameterSheet sheet={sheet} />}
    </>
  );
}
