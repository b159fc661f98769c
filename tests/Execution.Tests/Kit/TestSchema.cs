using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution.Tests;

/// <summary>The graph that the tests of this project run on: three sources, and a type and an enum value that clients do not see.</summary>
internal static class TestSchema
{
    private const string Public = """
        type Query {
          user: User
          must: User!
          users: [User!]!
          maybe: [User]
          node: Node
          nodes: [Node!]
          search: [Result]
          matrix: [[Int!]]
          grid: [[Post]!]
          leaf: Leaf
        }
        type Mutation { first: User second: User }
        interface Node { id: ID! title: String }
        type User implements Node {
          id: ID! title: String name: String nick: String! age: Int boss: User friends: [User!] posts: [Post!]! post: Post address: Address
          greeting(to: String): String
        }
        type Post implements Node { id: ID! title: String! author: User score: Float }
        type Address { street: String city: String! }
        type Leaf { int: Int float: Float string: String boolean: Boolean id: ID status: Status json: Json ints: [Int] strict: Int! tags: [String!] }
        union Result = User | Post
        scalar Json
        """;

    public static Supergraph Supergraph { get; } = new(
        Build("type Ghost implements Node { id: ID! title: String }\n" + Public + "\nenum Status { ON OFF SECRET }"),
        Build(Public + "\nenum Status { ON OFF }"),
        [Source(0, "a", SourceBatching.Variables), Source(1, "b", SourceBatching.Aliases), Source(2, "c", SourceBatching.None), Source(3, "d", SourceBatching.Requests)],
        []);

    private static Schema Build(string sdl)
    {
        var result = SchemaBuilder.Build(Parser.ParseDocument(new SourceText(sdl)).Value!);
        return result.Schema ?? throw new InvalidOperationException(string.Join('\n', result.Errors.Select(error => error.Message)));
    }

    private static SourceSchema Source(int ordinal, string name, SourceBatching batching) =>
        new() { Ordinal = ordinal, Name = name, Dialect = SourceDialect.Composite, Batching = batching };
}
