using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness">Fragment Name Uniqueness</see>.
/// </summary>
public sealed class FragmentNameUniquenessTests
{
    [Fact]
    public void Fragments_of_different_names() => Documents.Valid(
        """
        { telescope { ...One ...Two } }
        fragment One on Telescope { name }
        fragment Two on Telescope { owner { name } }
        """);

    [Fact]
    public void Two_fragments_of_one_name() => Documents.Refused(
        """
        { telescope { ...One } }
        fragment One on Telescope { name }
        fragment One on Telescope { owner { name } }
        """,
        """2:10 3:10 There can be only one fragment named "One".""");

    [Fact]
    public void Inline_fragments_have_no_names() =>
        Documents.Valid("{ telescope { ... on Telescope { name } ... on Telescope { nickname } } }");
}
