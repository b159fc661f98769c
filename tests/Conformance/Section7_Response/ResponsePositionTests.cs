using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Response-Position">Response Position</see>.
/// </summary>
public sealed class ResponsePositionTests
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
    public Task Names_and_indices_lead_to_the_position() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { friends { name } } }",
        """{"errors":[{"message":"No name for 3.","locations":[{"line":1,"column":20}],"path":["hero","friends",1,"name"]}],"data":{"hero":{"friends":[{"name":"Kip"},{"name":null},{"name":"Jan"}]}}}""");

    [Fact]
    public Task An_alias_is_the_name() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ h: hero { f: friends { n: name } } }",
        """{"errors":[{"message":"No name for 3.","locations":[{"line":1,"column":26}],"path":["h","f",1,"n"]}],"data":{"h":{"f":[{"n":"Kip"},{"n":null},{"n":"Jan"}]}}}""");

    [Fact]
    public Task Fields_of_fragments_have_the_path_of_their_place() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { ...F } } fragment F on Character { friends { ... { name } } }",
        """{"errors":[{"message":"No name for 3.","locations":[{"line":1,"column":61}],"path":["hero","friends",1,"name"]}],"data":{"hero":{"friends":[{"name":"Kip"},{"name":null},{"name":"Jan"}]}}}""");

    [Fact]
    public Task An_item_of_a_list_has_its_index() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { loyal { id } } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Character.loyal.","locations":[{"line":1,"column":10}],"path":["hero","loyal",1],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"hero":{"loyal":null}}}""");

    [Fact]
    public Task In_nested_lists_there_are_several_indices() => Service.AnswersAlsoThroughGateway(
        "type Query { grid: [[Int!]] }",
        """{"grid": [[1, 2], [3, null]]}""",
        "{ grid }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Query.grid.","locations":[{"line":1,"column":3}],"path":["grid",1,1],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"grid":[[1,2],null]}}""");
}
