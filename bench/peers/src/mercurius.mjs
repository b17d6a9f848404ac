// Mercurius on Fastify with JIT and its loaders; CACHE=1 with mercurius-cache.
import fastify from "fastify";
import mercurius from "mercurius";
import cache from "mercurius-cache";
import { mercurius as own, typeDefs } from "./schema.mjs";

const app = fastify();
app.register(mercurius, { schema: typeDefs, ...own, jit: 1 });
if (process.env.CACHE) {
  app.register(cache, { ttl: 3_600, all: true });
}
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
