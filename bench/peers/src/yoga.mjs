// GraphQL Yoga with graphql-jit and DataLoader; CACHE=1 with its response cache.
import { useGraphQlJit } from "@envelop/graphql-jit";
import { useResponseCache } from "@graphql-yoga/plugin-response-cache";
import { createSchema, createYoga } from "graphql-yoga";
import { createServer } from "node:http";
import { loaders, resolvers, typeDefs } from "./schema.mjs";

const plugins = [useGraphQlJit()];
if (process.env.CACHE) {
  plugins.push(useResponseCache({ session: () => null, ttl: 3_600_000 }));
}
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  plugins,
  graphiql: false,
  landingPage: false,
  logging: "error",
  context: () => ({ loaders: loaders() }),
});
createServer(yoga).listen(Number(process.env.PORT), "127.0.0.1");
