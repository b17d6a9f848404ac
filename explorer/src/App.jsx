// The explorer: our header, and GraphiQL with its documentation, its explorer and our examples.
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { ExplorerProvider, useExplorer } from './context.js';
import { EXAMPLES_PLUGIN, variablesText } from './Examples.jsx';
import { createFetcher } from './fetcher.js';
import { Header, OPTIONS } from './Header.jsx';
import { openSession } from './session.js';
import { createMemoryStorage } from './storage.js';

const PLUGINS = [EXAMPLES_PLUGIN, explorerPlugin({ showAttribution: false })];
const WELCOME = '# Kies links een voorbeeld, of schrijf zelf een vraag.\n';
const WELCOME_WITHOUT_PERSONAS =
  '# Zet bij Headers: {"Authorization": "Bearer <token>"} en ververs het schema.\n';

function usePersona(session, personas, initial) {
  const [persona, setPersona] = useState(initial);
  const [status, setStatus] = useState({ text: '', failed: false });

  const choose = useCallback(
    async (code) => {
      setPersona(code);
      try {
        await session.become(code);
        const { naam = code } = personas.find((each) => each.code === code) ?? {};
        setStatus({ text: `U vraagt nu als ${naam}.`, failed: false });
      } catch (error) {
        setStatus({ text: error.message, failed: true });
      }
    },
    [session, personas],
  );

  useEffect(() => {
    if (initial !== null) void choose(initial);
  }, [choose, initial]);

  return { persona, status, choose };
}

/** Another persona may not see the answer on screen, and may see a schema where none was given. */
function OnPersonaChange() {
  const { persona } = useExplorer();
  const previous = useRef(persona);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const schema = useGraphiQL((state) => state.schema);
  const { introspect } = useGraphiQLActions();

  useEffect(() => {
    if (previous.current === persona) return;
    previous.current = persona;
    responseEditor?.setValue('');
    if (!schema) void introspect();
  }, [persona, responseEditor, schema, introspect]);

  return null;
}

export function App({ config }) {
  const { endpoint = '/graphql', personas = [], voorbeelden = [] } = config;
  const [first] = voorbeelden;
  const session = useMemo(() => openSession('./token'), []);
  const storage = useMemo(createMemoryStorage, []);
  const options = useRef(new Set());
  const fetcher = useMemo(() => {
    const headersOn = () =>
      Object.fromEntries([...options.current].map((code) => [OPTIONS[code].header, 'true']));
    return createFetcher(endpoint, session, headersOn);
  }, [endpoint, session]);

  const start = personas.find(({ code }) => code === first?.persona) ?? personas[0];
  const { persona, status, choose } = usePersona(session, personas, start?.code ?? null);
  const shared = useMemo(
    () => ({ personas, voorbeelden, persona, choose }),
    [personas, voorbeelden, persona, choose],
  );

  return (
    <ExplorerProvider value={shared}>
      <Header
        titel={config.titel}
        status={status}
        onOption={(code, on) => (on ? options.current.add(code) : options.current.delete(code))}
      />
      <main className="workbench">
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          plugins={PLUGINS}
          visiblePlugin={voorbeelden.length > 0 ? EXAMPLES_PLUGIN : undefined}
          shouldPersistHeaders={false}
          defaultEditorToolsVisibility="variables"
          defaultQuery={personas.length > 0 ? WELCOME : WELCOME_WITHOUT_PERSONAS}
          initialQuery={first?.query}
          initialVariables={first && variablesText(first)}
        >
          <OnPersonaChange />
        </GraphiQL>
      </main>
    </ExplorerProvider>
  );
}
