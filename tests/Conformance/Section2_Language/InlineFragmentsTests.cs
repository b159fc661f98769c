using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Inline-Fragments">Inline Fragments</see>.
/// </summary>
public sealed class InlineFragmentsTests
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
    public Task An_inline_fragment_gives_fields_only_for_objects_of_its_type() => Service.Answers(
        Sdl,
        Data,
        "{ found { name ... on Planet { moons } ... on Star { planets } } }",
        """{"data":{"found":[{"name":"Mars","moons":2},{"name":"Sol","planets":8}]}}""");

    [Theory]
    [InlineData("query ($more: Boolean!) { found { name ... @include(if: $more) { kind: __typename } } }", """{"more":true}""", """{"data":{"found":[{"name":"Mars","kind":"Planet"},{"name":"Sol","kind":"Star"}]}}""")]
    [InlineData("query ($more: Boolean!) { found { name ... @include(if: $more) { kind: __typename } } }", """{"more":false}""", """{"data":{"found":[{"name":"Mars"},{"name":"Sol"}]}}""")]
    public Task Without_a_type_it_takes_a_directive_for_its_fields(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Fact]
    public void Type_and_directive_both() => Grammar.Reads(
        "{ ... on Star @tag { id } ... { id } }",
        """
        {
          ... on Star @tag {
            id
          }
          ... {
            id
          }
        }
        """);

    [Fact]
    public void An_inline_fragment_has_a_selection_set() =>
        Grammar.Refuses("{ ... on Star }", """1:15 Syntax Error: Expected "{", found "}".""");
}
