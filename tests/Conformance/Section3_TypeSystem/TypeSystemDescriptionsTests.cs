using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Type-System-Descriptions">Type System Descriptions</see>.
/// </summary>
public sealed class TypeSystemDescriptionsTests
{
    private const string Sdl =
        """"
        """
        The sky.
        """
        schema { query: Query }

        """All that can be asked."""
        type Query {
          "A star."
          star("Its catalog number." number: Int): Star
        }
        "Distances." enum Unit { "Of light." YEAR }
        "An input." input Search { "A name." name: String }
        "A body." interface Body { name: String }
        type Star implements Body { name: String }
        "What is found." union Found = Star
        "Right ascension." scalar Ra
        "Marks." directive @tag("How." name: String) on FIELD
        """";

    [Theory]
    [InlineData("{ __schema { description } }", null, """{"data":{"__schema":{"description":"The sky."}}}""")]
    [InlineData("""{ __type(name: "Query") { description fields { description args { description } } } }""", null, """{"data":{"__type":{"description":"All that can be asked.","fields":[{"description":"A star.","args":[{"description":"Its catalog number."}]}]}}}""")]
    [InlineData("""{ __type(name: "Unit") { description enumValues { description } } }""", null, """{"data":{"__type":{"description":"Distances.","enumValues":[{"description":"Of light."}]}}}""")]
    [InlineData("""{ __type(name: "Search") { description inputFields { description } } }""", null, """{"data":{"__type":{"description":"An input.","inputFields":[{"description":"A name."}]}}}""")]
    [InlineData("""{ __type(name: "Body") { description } }""", null, """{"data":{"__type":{"description":"A body."}}}""")]
    [InlineData("""{ __type(name: "Found") { description } }""", null, """{"data":{"__type":{"description":"What is found."}}}""")]
    [InlineData("""{ __type(name: "Ra") { description } }""", null, """{"data":{"__type":{"description":"Right ascension."}}}""")]
    [InlineData("""{ __type(name: "Star") { description fields { description } } }""", null, """{"data":{"__type":{"description":null,"fields":[{"description":null}]}}}""")]
    public Task Each_description_is_seen_by_introspection(string document, string? variables, string expected) =>
        Service.Answers(Sdl, "{}", document, expected, variables);
}
