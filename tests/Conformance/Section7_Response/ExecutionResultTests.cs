using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Response-Format">Response Format</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Execution-Result">Execution Result</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Data">Data</see>.
/// </summary>
public sealed class ExecutionResultTests
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
    public Task Without_errors_there_is_no_entry_for_them() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ hero { name } }", """{"data":{"hero":{"name":"Vera"}}}""");

    [Fact]
    public Task With_errors_both_entries_are_there() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { friends { name } } }",
        """{"errors":[{"message":"No name for 3.","locations":[{"line":1,"column":20}],"path":["hero","friends",1,"name"]}],"data":{"hero":{"friends":[{"name":"Kip"},{"name":null},{"name":"Jan"}]}}}""");

    [Fact]
    public Task The_data_of_a_mutation_are_of_the_mutation_root() => Service.AnswersAlsoThroughGateway(
        "type Query { a: Int } type Mutation { done: Boolean }",
        """{"done": true}""",
        "mutation { done }",
        """{"data":{"done":true}}""");

    [Fact]
    public Task Data_are_null_when_an_error_has_gone_all_the_way_up() => Service.AnswersAlsoThroughGateway(
        "type Query { a: Int! }",
        """{"a": {"$error": "No a."}}""",
        "{ a }",
        """{"errors":[{"message":"No a.","locations":[{"line":1,"column":3}],"path":["a"]}],"data":null}""");

    [Fact]
    public Task Nothing_selected_by_conditions_is_an_empty_map() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ hero @skip(if: true) { name } }", """{"data":{}}""");
}
