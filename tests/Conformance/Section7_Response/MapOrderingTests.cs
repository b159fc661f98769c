using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Serialized-Map-Ordering">Serialized Map Ordering</see>.
/// </summary>
public sealed class MapOrderingTests
{
    private const string Sdl =
        """
        type Query { person: Person } type Person { name: String age: Int boss: Person }
        """;

    private const string Data =
        """
        {"person": {"age": 30, "boss": {"age": 60, "name": "Kip"}, "name": "Vera"}}
        """;

    [Fact]
    public Task As_in_the_request() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ person { name age } }", """{"data":{"person":{"name":"Vera","age":30}}}""");

    [Fact]
    public Task And_the_other_way_round() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ person { age name } }", """{"data":{"person":{"age":30,"name":"Vera"}}}""");

    [Fact]
    public Task Not_as_in_the_data_or_the_schema() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ person { boss { name age } age name } }",
        """{"data":{"person":{"boss":{"name":"Kip","age":60},"age":30,"name":"Vera"}}}""");

    [Fact]
    public Task By_the_first_appearance_of_a_name() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ person { ...F name age } } fragment F on Person { age }",
        """{"data":{"person":{"age":30,"name":"Vera"}}}""");
}
