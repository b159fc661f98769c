using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Language.Directives">Directives</see>.
/// </summary>
public sealed class DirectivesTests
{
    [Fact]
    public void They_stand_on_operations_variables_fields_spreads_and_fragments() => Grammar.Reads(
        "query Q($a: Int @a) @b(c: 1) { d @e ...F @g ... @h { i } } fragment F on J @k { l }",
        """
        query Q($a: Int @a) @b(c: 1) {
          d @e
          ...F @g
          ... @h {
            i
          }
        }

        fragment F on J @k {
          l
        }
        """);

    [Fact]
    public void Their_order_is_kept() => Grammar.Reads(
        """type A @first(of: "b") @second(of: "c") { d: Int } type B @second(of: "c") @first(of: "b") { d: Int }""",
        """
        type A @first(of: "b") @second(of: "c") {
          d: Int
        }

        type B @second(of: "c") @first(of: "b") {
          d: Int
        }
        """);

    [Fact]
    public void A_directive_has_a_name() => Grammar.Refuses("{ a @ }", """1:7 Syntax Error: Expected Name, found "}".""");

    [Fact]
    public void Its_arguments_are_not_empty() => Grammar.Refuses("{ a @b() }", """1:8 Syntax Error: Expected Name, found ")".""");
}
