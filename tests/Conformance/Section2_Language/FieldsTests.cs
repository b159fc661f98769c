using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Language.Fields">Fields</see>.
/// </summary>
public sealed class FieldsTests
{
    [Fact]
    public void A_field_can_have_all_its_parts() => Grammar.Reads(
        "{ alias: name(arg: 1) @tag { sub } }",
        """
        {
          alias: name(arg: 1) @tag {
            sub
          }
        }
        """);

    [Fact]
    public void Fields_lie_inside_fields() => Grammar.Reads(
        "{ me { id born { month day } friends { name } } }",
        """
        {
          me {
            id
            born {
              month
              day
            }
            friends {
              name
            }
          }
        }
        """);

    [Fact]
    public Task They_are_answered_down_to_the_leaves() => Service.Answers(
        "type Query { me: Person } type Person { name: String born: Day } type Day { month: Int }",
        """{"me":{"name":"Vera","born":{"month":7}}}""",
        "{ me { name born { month } } }",
        """{"data":{"me":{"name":"Vera","born":{"month":7}}}}""");

    [Fact]
    public void Arguments_come_before_directives() =>
        Grammar.Refuses("{ a @b(c: 1) (d: 2) }", """1:14 Syntax Error: Expected Name, found "(".""");
}
