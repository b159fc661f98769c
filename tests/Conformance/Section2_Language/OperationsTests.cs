using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Language.Operations">Operations</see>.
/// </summary>
public sealed class OperationsTests
{
    [Fact]
    public void Queries_mutations_and_subscriptions() => Grammar.Reads(
        "query { a } mutation { a } subscription { a }",
        """
        {
          a
        }

        mutation {
          a
        }

        subscription {
          a
        }
        """);

    [Fact]
    public void An_operation_with_all_its_parts() => Grammar.Reads(
        "mutation Move($id: ID!) @tag { move(id: $id) { telescope { name } } }",
        """
        mutation Move($id: ID!) @tag {
          move(id: $id) {
            telescope {
              name
            }
          }
        }
        """);

    [Fact]
    public void The_short_form_of_a_query() => Grammar.Reads(
        "{ field }",
        """
        {
          field
        }
        """);

    [Fact]
    public void There_are_no_other_kinds() => Grammar.Refuses("update { a }", """1:1 Syntax Error: Unexpected Name "update".""");

    [Fact]
    public void Variables_need_the_keyword() => Grammar.Refuses("($a: Int) { a }", """1:1 Syntax Error: Unexpected "(".""");

    [Fact]
    public void An_operation_needs_a_selection_set() => Grammar.Refuses("query Q", """1:8 Syntax Error: Expected "{", found <EOF>.""");

    [Fact]
    public void Keywords_are_written_small() => Grammar.Refuses("Query { a }", """1:1 Syntax Error: Unexpected Name "Query".""");
}
