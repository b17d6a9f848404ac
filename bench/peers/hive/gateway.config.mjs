// Hive Gateway over what Mesh composed; with CACHE=1 with its response cache.
import { defineConfig } from "@graphql-hive/gateway";

export const gatewayConfig = defineConfig({
  supergraph: process.env.SUPERGRAPH,
  host: "127.0.0.1",
  port: Number(process.env.PORT),
  fork: 1,
  graphiql: false,
  landingPage: false,
  logging: "error",
  jit: true,
  additionalResolvers: { Query: { greet: () => ({ text: "Hello World!" }) } },
  ...(process.env.CACHE
    ? { responseCaching: { session: () => null, ttl: 3_600_000 }, cache: { type: "localforage" } }
    : {}),
});
