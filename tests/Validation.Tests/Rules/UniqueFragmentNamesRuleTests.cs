using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class UniqueFragmentNamesRuleTests
{
    [Fact]
    public void Different_names_are_fine() => Expect.Valid(
        """
        { dog { ...A ...B } }
        fragment A on Dog { name }
        fragment B on Dog { name }
        """);

    [Fact]
    public void A_name_stands_once() => Expect.Errors(
        """
        { dog { ...A } }
        fragment A on Dog { name }
        fragment A on Dog { barks }
        """,
        """
        2:10 3:10 There can be only one fragment named "A".
        """);
}
