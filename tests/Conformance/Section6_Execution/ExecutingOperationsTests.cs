using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-Operations">Executing Operations</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Query">Query</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Mutation">Mutation</see>.
/// </summary>
public sealed class ExecutingOperationsTests
{
    private const string Sdl =
        """
        schema { query: Asking mutation: Doing }
        type Asking { a: Int kind: String }
        type Doing { b: Int kind: String }
        """;

    private const string Data =
        """
        {"a": 1, "b": 2, "kind": "root"}
        """;

    [Fact]
    public Task A_query_is_run_on_the_query_root() =>
        Service.Answers(Sdl, Data, "query { __typename a }", """{"data":{"__typename":"Asking","a":1}}""");

    [Fact]
    public Task A_mutation_on_the_mutation_root() =>
        Service.Answers(Sdl, Data, "mutation { __typename b }", """{"data":{"__typename":"Doing","b":2}}""");

    [Fact]
    public Task Both_have_the_initial_value() => Service.Answers(Sdl, Data, "{ kind }", """{"data":{"kind":"root"}}""");
}
