// The bar above GraphiQL: whose gateway this is, who asks, and what the answer should tell of itself.
import { useExplorer } from './context.js';

/** What a question may ask of the gateway besides data, and the header that asks it. */
export const OPTIONS = {
  herkomst: {
    header: 'Bronpoort-Herkomst',
    naam: 'Herkomst',
    omschrijving: 'Zeg per bron wat er is gevraagd en hoe lang het duurde',
  },
  uitleg: {
    header: 'Bronpoort-Uitleg',
    naam: 'Alleen uitleg',
    omschrijving: 'Voer de vraag niet uit, maar laat het plan zien',
  },
  strikt: {
    header: 'Bronpoort-Strikt',
    naam: 'Strikt',
    omschrijving: 'Weiger de hele vraag als één veld niet mag',
  },
};

function PersonaSwitch() {
  const { personas, persona, choose } = useExplorer();
  if (personas.length === 0) return null;
  const chosen = personas.find(({ code }) => code === persona);
  return (
    <div className="persona">
      <label htmlFor="persona">Vraag als</label>
      <select
        id="persona"
        value={persona}
        aria-describedby="persona-omschrijving"
        onChange={(event) => void choose(event.target.value)}
      >
        {personas.map(({ code, naam }) => (
          <option key={code} value={code}>
            {naam}
          </option>
        ))}
      </select>
      <span id="persona-omschrijving" className="persona-omschrijving">
        {chosen?.omschrijving}
      </span>
    </div>
  );
}

function Options({ onOption }) {
  return (
    <fieldset className="options">
      <legend className="only-read">Opties bij de vraag</legend>
      {Object.entries(OPTIONS).map(([code, { naam, omschrijving }]) => (
        <label key={code} title={omschrijving}>
          <input type="checkbox" onChange={(event) => onOption(code, event.target.checked)} />
          {naam}
        </label>
      ))}
    </fieldset>
  );
}

export function Header({ titel, status, onOption }) {
  return (
    <header className="bar">
      <h1>
        <img src="./favicon.svg" alt="" width="24" height="24" />
        Bronpoort
        {titel && <span className="titel">{titel}</span>}
      </h1>
      <PersonaSwitch />
      <Options onOption={onOption} />
      <p role="status" className={status.failed ? 'status failed' : 'only-read'}>
        {status.text}
      </p>
    </header>
  );
}
