// A GraphiQL plugin: example questions in Dutch, each put in the editors by one click, ready to run.
import { useGraphiQL } from '@graphiql/react';

import { useExplorer } from './context.js';

/** An example's variables as the editor shows them; empty where it has none. */
export function variablesText({ variabelen }) {
  const empty = !variabelen || Object.keys(variabelen).length === 0;
  return empty ? '' : JSON.stringify(variabelen, null, 2);
}

function Example({ voorbeeld, onChoose }) {
  const { personas } = useExplorer();
  const persona = personas.find(({ code }) => code === voorbeeld.persona);
  return (
    <li>
      <button type="button" className="example" onClick={onChoose}>
        <strong>{voorbeeld.naam}</strong>
        <span>{voorbeeld.omschrijving}</span>
        {persona && <span className="asker">als {persona.naam}</span>}
      </button>
    </li>
  );
}

function Examples() {
  const { personas, voorbeelden, persona, choose } = useExplorer();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);

  function put(voorbeeld) {
    const known = personas.some(({ code }) => code === voorbeeld.persona);
    if (known && voorbeeld.persona !== persona) void choose(voorbeeld.persona);
    responseEditor?.setValue('');
    variableEditor?.setValue(variablesText(voorbeeld));
    queryEditor?.setValue(voorbeeld.query);
    queryEditor?.focus();
  }

  return (
    <section aria-labelledby="voorbeelden-titel">
      <h2 id="voorbeelden-titel" className="graphiql-plugin-title">
        Voorbeelden
      </h2>
      <p className="hint">Kies een vraag en voer hem uit met ▶ of Ctrl+Enter.</p>
      <ul className="examples">
        {voorbeelden.map((voorbeeld) => (
          <Example key={voorbeeld.naam} voorbeeld={voorbeeld} onChoose={() => put(voorbeeld)} />
        ))}
      </ul>
    </section>
  );
}

function ExamplesIcon() {
  return (
    <svg viewBox="3 3 18 18" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M5 4.5h14v15H5z" />
      <path d="M8.5 9h7M8.5 12.5h7M8.5 16h4" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN = { title: 'Voorbeelden', icon: ExamplesIcon, content: Examples };
