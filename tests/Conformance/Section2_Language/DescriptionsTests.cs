using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Descriptions">Descriptions</see>.
/// </summary>
public sealed class DescriptionsTests
{
    [Fact]
    public void Operations_variables_and_fragments_have_descriptions() => Grammar.Reads(
        """"
        """
        Whether a telescope is open,
        **at night**.
        """
        query Open(
          "The serial number."
          $id: ID!
          "The year."
          $year: Int
        ) {
          telescope(id: $id) {
            ...Details
          }
        }

        "Details of a telescope."
        fragment Details on Telescope {
          name
        }
        """",
        """"
        """
        Whether a telescope is open,
        **at night**.
        """
        query Open(
        "The serial number."
        $id: ID!
        "The year."
        $year: Int
        ) {
          telescope(id: $id) {
            ...Details
          }
        }

        "Details of a telescope."
        fragment Details on Telescope {
          name
        }
        """");

    [Fact]
    public void The_short_form_of_a_query_has_none() => Grammar.Refuses(
        """
        "The name."
        { name }
        """,
        "1:1 Syntax Error: Unexpected description, descriptions are not supported on shorthand queries.");

    [Fact]
    public void A_selection_has_none() =>
        Grammar.Refuses("""{ "The name." name }""", """1:3 Syntax Error: Expected Name, found String "The name.".""");

    [Fact]
    public Task They_change_no_answer() => Service.Answers(
        "type Query { a(b: Int): String }",
        """{"a": {"$args": true}}""",
        "\"Asks.\" query Q(\"How.\" $b: Int = 3) { ...F } \"Of it.\" fragment F on Query { a(b: $b) }",
        """{"data":{"a":"{\"b\":3}"}}""");
}
