import type { ViewState } from '../../src/protocol/viewState.ts';
import { stateWith, turnWith } from './states.ts';

/** An answer with everything there is to read. */
export const readingText = `The limit lives in \`src/http/retry.ts:42\` and is read by \`createRetry()\`, a \`RetryPolicy\`. See also docs/retry.md:7, [the standard](https://www.rfc-editor.org/rfc/rfc9110) and ![a picture](https://example.com/p.png).

\`src/http/retry.ts\`:

\`\`\`ts
import { delay } from './delay.ts';

/** Tries again, with longer and longer pauses between the tries, for as long as the service asks for patience. */
export async function createRetry(limit = 3): Promise<void> {
  for (let attempt = 0; attempt < limit; attempt++) {
    const text = \`attempt \${attempt}\`; // counted from 0
    if (/^a+$/.test(text) && attempt !== 0x1f) await delay(1000 * 2 ** attempt);
  }
}
\`\`\`

- [x] 429 carries \`Retry-After\`
- [ ] jitter
- [ ] a test

Pauses grow as $t_n = \\min(2^n, t_{max})$, so with \\(n\\) tries at $5 each you pay $15 and wait

$$
\\sum_{k=0}^{n-1} 2^k = 2^n - 1, \\qquad \\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}
$$

\\[ \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\]

This one is broken: $\\frac{1}{$ and $\\nonsense{x}$.

\`\`\`python title="tools/count.py"
@cache
def count(words: list[str]) -> dict[str, int]:
    """Counts words."""
    return {word: words.count(word) for word in set(words) if word is not None}
\`\`\`

\`\`\`diff
--- a/x.ts
+++ b/x.ts
@@ -1,2 +1,2 @@
-const a = 1;
+const a = 2;
\`\`\`

\`\`\`json
{ "name": "rivulet", "private": true, "count": 12.5, "none": null }
\`\`\`

\`\`\`sh
# installs
npm ci && FOO="bar baz" npm test -- --only "$1" | grep -v ok
\`\`\`
`;

/** States in which an answer is read. */
export const readingStates: Readonly<Record<string, ViewState>> = {
  reading: stateWith({ turns: [turnWith('t1', 'How does it retry?', [{ kind: 'text', id: 'a1', text: readingText }])] }),
};
