// The source as every Node contender asks it: one pool of connections that stay, undici's, which
// costs least. One question a call; a batch of users in one call.
import { Pool } from "undici";

const pool = new Pool(process.env.UPSTREAM, { connections: 100 });
const ZGW = { "accept-crs": "EPSG:4326", "content-crs": "EPSG:4326" };
const HAL = { accept: "application/hal+json", "x-api-key": "sandbox-bag" };
const BRP = {
  "x-api-key": "sandbox-brp",
  "x-doelbinding": "BRPACT-Totaal",
  "x-gebruiker": "klantcontact",
};
const FIELDS = [
  "burgerservicenummer",
  "naam.volledigeNaam",
  "partners.naam.geslachtsnaam",
  "partners.naam.voornamen",
  "verblijfplaats.nummeraanduidingIdentificatie",
];

async function asked(path, headers, body) {
  const answer = await pool.request({
    path,
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw new Error(`the source answered ${answer.statusCode}`);
  }
  return answer.body.json();
}

export const posts = (start, limit) => asked(`/posts?_start=${start}&_limit=${limit}`);

export async function users(ids) {
  const found = await asked(`/users?${ids.map((id) => `id=${id}`).join("&")}`);
  const byId = new Map(found.map((each) => [each.id, each]));
  return ids.map((id) => byId.get(id) ?? null);
}

export async function person(bsn) {
  const { personen } = await asked("/brp/personen", BRP, {
    type: "RaadpleegMetBurgerservicenummer",
    burgerservicenummer: [bsn],
    fields: FIELDS,
  });
  return personen[0] ?? null;
}

export const address = (id) => asked(`/bag/adressen/${id}`, HAL);
export const pand = async (id) =>
  (await asked(`/bag/panden/${id}`, { ...HAL, "accept-crs": "epsg:28992" })).pand;

export const zakenOf = (bsn, first) =>
  asked(`/zaken/api/v1/zaken/_zoek?pageSize=${first}`, ZGW, {
    rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn: bsn,
  });

export const zaken = (first, since) =>
  asked(`/zaken/api/v1/zaken?pageSize=${first}&startdatum__gte=${since}`, ZGW);

// What a URL in an answer leads to; its host is that of the source.
export const at = (url) => asked(new URL(url).pathname, ZGW);
