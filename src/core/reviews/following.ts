/** The answer to a question, which is taken back when the signal aborts: then it answers what that comes to. */
export async function following<Answer>(signal: AbortSignal, takeBack: () => void, answer: Promise<Answer>): Promise<Answer> {
  signal.addEventListener('abort', takeBack, { once: true });
  try {
    return await answer;
  } finally {
    signal.removeEventListener('abort', takeBack);
  }
}
