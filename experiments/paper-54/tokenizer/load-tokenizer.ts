import { Tokenizer } from '@huggingface/tokenizers';

/** A tokenizer.json as an encoder whose round trip is exact: by default spaces before punctuation are "cleaned". */
export const loadTokenizer = (json: string): Tokenizer =>
  new Tokenizer(JSON.parse(json), { clean_up_tokenization_spaces: false });
