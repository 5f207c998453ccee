/** What the sandbox answers, before it is written to a connection. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** v1, v1.1 and v2 say everything that is not a success as `{"message"}`. */
export function message(status: number, text: string): Answer {
  return json(status, { message: text });
}

/** Thrown by whoever refuses a request; caught in one place, where its answer is sent. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(status: number, text: string) {
    super(text);
    this.name = 'Refusal';
    this.answer = message(status, text);
  }
}
