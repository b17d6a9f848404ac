// The source as Mesh composes it: posts and users over REST, users in batches of at most a hundred.
import { defineConfig } from "@graphql-mesh/compose-cli";
import { loadJSONSchemaSubgraph } from "@omnigraph/json-schema";

const text = { type: "string" };
const whole = { type: "integer" };

function object(title, required, properties) {
  return { type: "object", title, required, properties };
}

const user = object("User", ["id"], {
  id: whole,
  name: text,
  username: text,
  email: text,
  phone: text,
  website: text,
});
const post = object("Post", ["id", "userId"], { id: whole, userId: whole, title: text, body: text });

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph("Posts", {
        endpoint: process.env.UPSTREAM,
        operations: [
          {
            type: "Query",
            field: "posts",
            path: "/posts?_start={args.start}&_limit={args.limit}",
            method: "GET",
            argTypeMap: {
              start: { type: "integer", default: 0 },
              limit: { type: "integer", default: 100 },
            },
            responseSchema: { type: "array", items: post },
          },
          {
            type: "Query",
            field: "users",
            path: "/users",
            method: "GET",
            argTypeMap: { id: { type: "array", items: whole } },
            queryParamArgMap: { id: "id" },
            queryStringOptionsByParam: { id: { arrayFormat: "repeat" } },
            responseSchema: { type: "array", items: user },
          },
        ],
      }),
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type Post {
      user: User
        @resolveTo(
          sourceName: "Posts"
          sourceTypeName: "Query"
          sourceFieldName: "users"
          keyField: "userId"
          keysArg: "id"
          requiredSelectionSet: "{ userId }"
        )
    }
    type Greeting {
      text: String!
    }
    extend type Query {
      greet: Greeting
    }
  `,
});
