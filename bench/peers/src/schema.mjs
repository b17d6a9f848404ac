// The schema and its resolvers, written by hand as for any of these servers: DataLoader where
// several objects lead to one, a loader for each request.
import DataLoader from "dataloader";
import { readFileSync } from "node:fs";
import * as source from "./source.mjs";

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const each = (load) => new DataLoader((keys) => Promise.all(keys.map(load)));

export const typeDefs = [read("posts.graphql"), read("municipal.graphql")].join("\n");

export const loaders = () => ({
  user: new DataLoader(source.users, { maxBatchSize: 100 }),
  pand: each(source.pand),
  at: each(source.at),
});

const connection = (page) => ({
  totalCount: page.count,
  edges: page.results.map((node) => ({ node })),
});

const questions = {
  greet: () => ({ text: "Hello World!" }),
  posts: (_, { start, limit }) => source.posts(start, limit),
  persoon: (_, { burgerservicenummer }) => source.person(burgerservicenummer),
  zaken: async (_, { first, filter }) =>
    connection(await source.zaken(first, filter?.startdatumVanaf ?? "")),
};

const ofPerson = {
  adres: (person) => {
    const id = person.verblijfplaats?.nummeraanduidingIdentificatie;
    return id ? source.address(id) : null;
  },
  partners: (person) => person.partners ?? [],
  zaken: async (person, { first }) =>
    connection(await source.zakenOf(person.burgerservicenummer, first)),
};

export const resolvers = {
  Query: questions,
  Post: { user: (post, _, { loaders }) => loaders.user.load(post.userId) },
  Persoon: ofPerson,
  Adres: { panden: (adres, _, { loaders }) => loaders.pand.loadMany(adres.pandIdentificaties ?? []) },
  Zaak: {
    zaaktype: (zaak, _, { loaders }) => loaders.at.load(zaak.zaaktype),
    status: (zaak, _, { loaders }) => (zaak.status ? loaders.at.load(zaak.status) : null),
  },
  Status: { statustype: (status, _, { loaders }) => loaders.at.load(status.statustype) },
};

// The same for Mercurius, which has loaders of its own: all objects of a field at once.
const apart = (load) => (queries) => Promise.all(queries.map(({ obj }) => load(obj)));
// Equal keys of one question are asked once, as DataLoader does.
const once = (load) => {
  const asked = new Map();
  return (key) => {
    if (!asked.has(key)) asked.set(key, load(key));
    return asked.get(key);
  };
};
const onceEach = (load, keyOf) => (queries) => {
  const found = once(load);
  return Promise.all(queries.map(({ obj }) => (keyOf(obj) ? found(keyOf(obj)) : null)));
};

export const mercurius = {
  resolvers: { Query: questions, Persoon: ofPerson },
  loaders: {
    Post: {
      async user(queries) {
        const ids = [...new Set(queries.map(({ obj }) => obj.userId))];
        const found = new Map();
        for (let at = 0; at < ids.length; at += 100) {
          const some = ids.slice(at, at + 100);
          (await source.users(some)).forEach((user, index) => found.set(some[index], user));
        }
        return queries.map(({ obj }) => found.get(obj.userId));
      },
    },
    Adres: {
      panden: apart((adres) => Promise.all((adres.pandIdentificaties ?? []).map(source.pand))),
    },
    Zaak: {
      zaaktype: onceEach(source.at, (zaak) => zaak.zaaktype),
      status: onceEach(source.at, (zaak) => zaak.status),
    },
    Status: { statustype: onceEach(source.at, (status) => status.statustype) },
  },
};
