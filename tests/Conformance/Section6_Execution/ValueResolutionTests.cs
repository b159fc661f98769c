using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Value-Resolution">Value Resolution</see>.
/// </summary>
public sealed class ValueResolutionTests
{
    private const string Sdl =
        """
        type Query { a: Thing }
        type Thing { b: Int c: Thing }
        """;

    private const string Data =
        """
        {"a": {"b": 1, "c": {"b": 2, "c": null}}}
        """;

    [Fact]
    public Task A_resolver_gets_the_object_around_its_field() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ a { b c { b c { b } } } }", """{"data":{"a":{"b":1,"c":{"b":2,"c":null}}}}""");

    [Fact]
    public Task A_field_is_resolved_once_for_each_name() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ a { b } x: a { b } }", """{"data":{"a":{"b":1},"x":{"b":1}}}""");
}
