// What the page's parts share: the gateway's configuration and the chosen persona.
import { createContext, useContext } from 'react';

const ExplorerContext = createContext(null);

export const ExplorerProvider = ExplorerContext.Provider;
export const useExplorer = () => useContext(ExplorerContext);
