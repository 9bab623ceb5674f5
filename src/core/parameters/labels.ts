import { say, type LocalText } from '../../protocol/localText.ts';

/** What a parameter is called, for whoever does not know its name in the body; undefined for one that nobody here knows. */
export function labelOf(name: string): LocalText | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

const thinking = say('Thinking');
const apart = say('Reasoning apart from the answer');

const labels: Readonly<Record<string, LocalText>> = {
  'thinking.type': thinking,
  enable_thinking: thinking,
  'chat_template_kwargs.enable_thinking': thinking,
  'chat_template_kwargs.clear_thinking': say('Drop earlier reasoning'),
  reasoning_effort: say('Reasoning effort'),
  separate_reasoning: apart,
  reasoning_split: apart,
  temperature: say('Temperature'),
  top_p: say('Nucleus sampling'),
  top_k: say('Number of candidate tokens'),
  min_p: say('Minimum probability'),
  frequency_penalty: say('Frequency penalty'),
  presence_penalty: say('Presence penalty'),
  repetition_penalty: say('Repetition penalty'),
  seed: say('Random seed'),
  logit_bias: say('Token bias'),
  max_tokens: say('Answer length limit'),
  stop: say('Stop strings'),
  n: say('Number of answers'),
  'response_format.type': say('Answer format'),
  'response_format.json_schema.name': say('JSON schema: name'),
  'response_format.json_schema.description': say('JSON schema: description'),
  'response_format.json_schema.schema': say('JSON schema: the schema itself'),
  'response_format.json_schema.strict': say('JSON schema: follow exactly'),
  logprobs: say('Token probabilities'),
  top_logprobs: say('Alternatives for each token'),
  tool_choice: say('Use of tools'),
  'tools.function.strict': say('Strict tool arguments'),
  stream: say('Stream the answer'),
  'stream_options.include_usage': say('Token count in the stream'),
  'messages.name': say('Your name'),
  user_id: say('User ID'),
};
