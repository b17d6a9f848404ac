// Apollo Server with DataLoader; CACHE=1 with its response cache.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControl } from "@apollo/server/plugin/cacheControl";
import { startStandaloneServer } from "@apollo/server/standalone";
import { loaders, resolvers, typeDefs } from "./schema.mjs";

const plugins = [];
if (process.env.CACHE) {
  const { default: responses } = await import("@apollo/server-plugin-response-cache");
  plugins.push(ApolloServerPluginCacheControl({ defaultMaxAge: 3_600 }));
  plugins.push((responses.default ?? responses)());
}
const server = new ApolloServer({ typeDefs, resolvers, plugins });
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(process.env.PORT), path: "/graphql" },
  context: async () => ({ loaders: loaders() }),
});
