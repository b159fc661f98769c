using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Selection-Sets">Selection Sets</see>.
/// </summary>
public sealed class SelectionSetsTests
{
    [Fact]
    public void Fields_fragment_spreads_and_inline_fragments() => Grammar.Reads(
        "{ id ...F ... { name } }",
        """
        {
          id
          ...F
          ... {
            name
          }
        }
        """);

    [Fact]
    public void A_selection_set_has_at_least_one_selection() => Grammar.Refuses("{ }", """1:3 Syntax Error: Expected Name, found "}".""");

    [Fact]
    public void Not_only_at_the_root() => Grammar.Refuses("{ a { } }", """1:7 Syntax Error: Expected Name, found "}".""");

    [Fact]
    public void It_must_be_closed() => Grammar.Refuses("{ a { b }", "1:10 Syntax Error: Expected Name, found <EOF>.");

    [Fact]
    public void Once() => Grammar.Refuses("{ a } }", """1:7 Syntax Error: Unexpected "}".""");
}
