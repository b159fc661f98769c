using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used">Fragments Must Be Used</see>.
/// </summary>
public sealed class FragmentsMustBeUsedTests
{
    [Fact]
    public void A_fragment_that_nobody_spreads() => Documents.Refused(
        """
        fragment F on Telescope { # unused
          name
        }

        { telescope { name } }
        """,
        """1:1 Fragment "F" is never used.""");

    [Fact]
    public void A_fragment_that_only_an_unused_fragment_spreads() => Documents.Refused(
        """
        { telescope { name } }
        fragment A on Telescope { ...B }
        fragment B on Telescope { name }
        """,
        """
        2:1 Fragment "A" is never used.
        3:1 Fragment "B" is never used.
        """);

    [Fact]
    public void A_fragment_that_another_spreads() => Documents.Valid(
        """
        { telescope { ...A } }
        fragment A on Telescope { ...B }
        fragment B on Telescope { name }
        """);
}
