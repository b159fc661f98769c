using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Executable-Definitions">Executable Definitions</see>.
/// </summary>
public sealed class ExecutableDefinitionsTests
{
    [Fact]
    public void Operations_and_fragments_are_executable() => Documents.Valid(
        """
        query Names { telescope { ...F } }
        fragment F on Telescope { name }
        """);

    [Fact]
    public void An_extension_of_a_type_is_not_executable() => Documents.Refused(
        """
        query TelescopeName {
          telescope { name color }
        }

        extend type Telescope { color: String }
        """,
        """
        5:1 The "Telescope" definition is not executable.
        2:20 Cannot query field "color" on type "Telescope".
        """);

    [Theory]
    [InlineData("{ flags } schema { query: Query }", "1:11 The schema definition is not executable.")]
    [InlineData("{ flags } scalar Ra", """1:11 The "Ra" definition is not executable.""")]
    [InlineData("{ flags } type Dome { id: ID }", """1:11 The "Dome" definition is not executable.""")]
    [InlineData("{ flags } interface Lens { id: ID }", """1:11 The "Lens" definition is not executable.""")]
    [InlineData("{ flags } union U = Telescope", """1:11 The "U" definition is not executable.""")]
    [InlineData("{ flags } enum Color { RED }", """1:11 The "Color" definition is not executable.""")]
    [InlineData("{ flags } input I { a: Int }", """1:11 The "I" definition is not executable.""")]
    [InlineData("{ flags } directive @x on FIELD", """1:11 The "x" definition is not executable.""")]
    [InlineData("{ flags } extend schema { subscription: Sighting }", "1:11 The schema definition is not executable.")]
    public void No_other_definition_of_the_type_system_is_executable_either(string text, string errors) => Documents.Refused(text, errors);
}
