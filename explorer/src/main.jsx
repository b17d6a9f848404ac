// The page's start: reads what the gateway offers and shows the explorer, or says why it cannot.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { createRoot } from 'react-dom/client';

import { App } from './App.jsx';

const page = createRoot(document.getElementById('page'));

async function readConfig() {
  const response = await fetch('./config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json: status ${response.status}`);
  return response.json();
}

readConfig().then(
  (config) => {
    if (config.titel) document.title = `${config.titel} · Bronpoort`;
    page.render(<App config={config} />);
  },
  (error) => {
    page.render(
      <p className="failure" role="alert">
        De verkenner kon niet starten ({error.message}). Draait de gateway? Laad daarna de pagina
        opnieuw.
      </p>,
    );
  },
);
