using Xunit;

namespace GraphGateway.Interop;

public sealed class ReferenceTests
{
    [InteropFact]
    public void The_reference_is_the_version_that_the_expectations_were_made_with()
    {
        using var reference = NodeReference.Start("graphql");

        Assert.Equal("16.13.1", reference.Ask("versionOfReference")!.GetValue<string>());
    }
}
