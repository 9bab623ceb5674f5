/**
 * The body of an answer as text, as far as it comes: what breaks on the way takes nothing away. It is read until it has
 * more than `longest` characters; `isWhole` is false when it was longer or broke off.
 */
export async function readBody({ body }: Response, longest: number): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  if (body === null) return { text: '', isWhole: true };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode(), isWhole: true };
      text += decoder.decode(value, { stream: true });
      if (text.length > longest) break;
    }
  } catch {
    // The text so far says what there is to say.
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return { text, isWhole: false };
}
