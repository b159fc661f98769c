using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Errors">Errors</see>.
/// </summary>
public sealed class ErrorsTests
{
    private const string Sdl =
        """
        type Query { hero: Character }
        type Character { id: ID name: String strict: String! friends: [Character] strictFriends: [Character!]! loyal: [Character!] }
        """;

    private const string Data =
        """
        {"hero": {"id": 1, "name": "Vera", "strict": "V",
          "friends": [{"id": 2, "name": "Kip", "strict": "K"}, {"id": 3, "name": {"$error": "No name for 3."}, "strict": {"$error": "No strict name for 3."}}, {"id": 4, "name": "Jan", "strict": "J"}],
          "strictFriends": [{"id": 5, "strict": {"$error": "No strict name for 5."}}],
          "loyal": [{"id": 6, "strict": "A"}, null]}}
        """;

    [Fact]
    public Task An_error_of_a_field_that_can_be_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        """
        {
          hero {
            name
            heroFriends: friends {
              id
              name
            }
          }
        }
        """,
        """{"errors":[{"message":"No name for 3.","locations":[{"line":6,"column":7}],"path":["hero","heroFriends",1,"name"]}],"data":{"hero":{"name":"Vera","heroFriends":[{"id":"2","name":"Kip"},{"id":"3","name":null},{"id":"4","name":"Jan"}]}}}""");

    [Fact]
    public Task An_error_of_a_field_that_cannot() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        """
        {
          hero {
            name
            heroFriends: friends {
              id
              name: strict
            }
          }
        }
        """,
        """{"errors":[{"message":"No strict name for 3.","locations":[{"line":6,"column":7}],"path":["hero","heroFriends",1,"name"]}],"data":{"hero":{"name":"Vera","heroFriends":[{"id":"2","name":"K"},null,{"id":"4","name":"J"}]}}}""");

    [Fact]
    public Task Its_path_goes_further_than_the_data() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { strictFriends { strict } } }",
        """{"errors":[{"message":"No strict name for 5.","locations":[{"line":1,"column":26}],"path":["hero","strictFriends",0,"strict"]}],"data":{"hero":null}}""");

    [Fact]
    public Task Each_position_has_one_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { loyal { strict } strictFriends { strict } } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Character.loyal.","locations":[{"line":1,"column":10}],"path":["hero","loyal",1],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"No strict name for 5.","locations":[{"line":1,"column":43}],"path":["hero","strictFriends",0,"strict"]}],"data":{"hero":null}}""");

    [Fact]
    public Task A_request_error_has_the_places_in_the_document() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { name(size: 1) name(size: 2) } }",
        """{"errors":[{"message":"Fields \"name\" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.","locations":[{"line":1,"column":10},{"line":1,"column":24}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Unknown argument \"size\" on field \"Character.name\".","locations":[{"line":1,"column":15}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Unknown argument \"size\" on field \"Character.name\".","locations":[{"line":1,"column":29}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task A_syntax_error_has_its_place() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        """
        {
          hero {
            name(
        }
        """,
        """{"errors":[{"message":"Syntax Error: Expected Name, found \"}\".","locations":[{"line":4,"column":1}],"extensions":{"code":"GRAPHQL_PARSING_FAILED"}}]}""");

    [Fact]
    public Task Siblings_are_answered() => Service.AnswersAlsoThroughGateway(
        "type Query { a: Int b: Int c: [Int!] }",
        """{"a": {"$error": "No a."}, "b": 2, "c": [1, "x"]}""",
        "{ a b c }",
        """{"errors":[{"message":"No a.","locations":[{"line":1,"column":3}],"path":["a"]},{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":7}],"path":["c",1]}],"data":{"a":null,"b":2,"c":null}}""");

    [Fact]
    public async Task Extensions_are_a_map_and_all_else_is_named_by_the_spec()
    {
        var builder = new GraphQLServerBuilder().AddSchema("type Query { a: Int }").ResolveOthers(
            _ => throw new GraphQLException("No name.", [new("code", "CAN_NOT_FETCH"), new("timestamp", 1518188000)]));

        await Service.Answers(
            builder,
            "{ a }",
            """{"errors":[{"message":"No name.","locations":[{"line":1,"column":3}],"path":["a"],"extensions":{"code":"CAN_NOT_FETCH","timestamp":1518188000}}],"data":{"a":null}}""");
    }
}
