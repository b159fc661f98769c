using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class ExecutableDefinitionsRuleTests
{
    [Fact]
    public void Operations_and_fragments_are_executable() => Expect.Valid(
        """
        query Q { dog { ...F } }
        fragment F on Dog { name }
        """);

    [Fact]
    public void Types_schemas_and_directives_are_not() => Expect.Errors(
        """
        query Q { dog { name } }
        type Cow { name: String }
        extend type Dog { color: String }
        schema { query: Query }
        directive @d on FIELD
        """,
        """
        2:1 The "Cow" definition is not executable.
        3:1 The "Dog" definition is not executable.
        4:1 The schema definition is not executable.
        5:1 The "d" definition is not executable.
        """);
}
