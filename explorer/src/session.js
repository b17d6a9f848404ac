// Who asks: the chosen persona and its token, fetched when needed and never kept outside memory.

const MARGIN = 60_000; // milliseconds before expiry in which a token is no longer used

/**
 * `verloopt` is an ISO 8601 moment or seconds since 1970.
 * @returns milliseconds since 1970
 */
export function expiryOf(verloopt) {
  return typeof verloopt === 'number' ? verloopt * 1000 : Date.parse(verloopt);
}

async function fetchToken(url, persona) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ persona }),
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`Geen token voor ‘${persona}’ (status ${response.status}).`);
  const { token, verloopt } = await response.json();
  return { token, expires: expiryOf(verloopt) };
}

/** One session: `become` a persona, then ask for the `authorization` header of each question. */
export function openSession(url, now = Date.now) {
  let persona = null;
  let pending = null; // the token, or the request for it; questions at the same time share it

  function renew() {
    const request = fetchToken(url, persona);
    pending = request;
    request.catch(() => {
      if (pending === request) pending = null;
    });
    return request;
  }

  return {
    become(code) {
      persona = code;
      return renew();
    },
    /** Drops a token that the gateway refused, as it does after a restart. */
    forget() {
      pending = null;
    },
    async authorization() {
      if (persona === null) return {};
      let held = await (pending ?? renew());
      if (!(held.expires - now() > MARGIN)) held = await renew();
      return { Authorization: `Bearer ${held.token}` };
    },
  };
}
