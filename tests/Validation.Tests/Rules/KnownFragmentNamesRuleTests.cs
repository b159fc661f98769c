using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class KnownFragmentNamesRuleTests
{
    [Fact]
    public void Unknown_fragments_are_told() => Expect.Errors(
        """
        { human(id: 4) { ...A ... on Human { ...B } } }
        fragment A on Human { name ...C }
        """,
        """
        1:41 Unknown fragment "B".
        2:31 Unknown fragment "C".
        """);
}
