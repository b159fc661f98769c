using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Type-Conditions">Type Conditions</see>.
/// </summary>
public sealed class TypeConditionsTests
{
    private const string Sdl =
        """
        type Query { found: [Body] }
        interface Body { name: String }
        type Planet implements Body { name: String moons: Int }
        type Star implements Body { name: String planets: Int }
        """;

    private const string Data =
        """
        {"found": [{"__typename": "Planet", "name": "Mars", "moons": 2}, {"__typename": "Star", "name": "Sol", "planets": 8}]}
        """;

    [Fact]
    public Task A_fragment_gives_fields_only_for_objects_of_its_type() => Service.Answers(
        Sdl,
        Data,
        "{ found { name ...P ...S } } fragment P on Planet { moons } fragment S on Star { planets }",
        """{"data":{"found":[{"name":"Mars","moons":2},{"name":"Sol","planets":8}]}}""");

    [Fact]
    public void The_condition_is_one_name() =>
        Grammar.Refuses("fragment F on [Star] { id }", """1:15 Syntax Error: Expected Name, found "[".""");
}
