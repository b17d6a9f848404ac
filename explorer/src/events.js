// A subscription as the gateway streams it: GraphQL over SSE, each in a request of its own.

const END = '\n\n';

/** One event of the stream: its name, and what it holds; a comment has neither. */
function readEvent(text) {
  const lines = text.split('\n').map((line) => /^(\w*):\s?(.*)$/.exec(line));
  const fields = Object.fromEntries(lines.filter(Boolean).map(([, name, value]) => [name, value]));
  return { name: fields.event, data: fields.data };
}

async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (pending + value).split(END);
    pending = parts.pop();
    yield* parts.map(readEvent);
  }
}

/**
 * The answers of a subscription, until it ends or is no longer read.
 * @param open  given a signal to stop by, makes the request
 * @param read  reads a response that is no stream
 */
export function answersOf(open, read) {
  const stopping = new AbortController();

  async function* answers() {
    try {
      const response = await open(stopping.signal);
      if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        yield await read(response);
        return;
      }
      for await (const { name, data } of eventsOf(response)) {
        if (name === 'complete') return;
        if (name === 'next') yield JSON.parse(data);
      }
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    }
  }

  const items = answers();
  return {
    next: () => items.next(),
    // Not the generator's own: it would wait for the next event before it stopped.
    async return() {
      stopping.abort();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
