using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Variable-Uniqueness">Variable Uniqueness</see>.
/// </summary>
public sealed class VariableUniquenessTests
{
    [Fact]
    public void One_variable_twice() => Documents.Refused(
        "query Q($atNight: Boolean, $atNight: Boolean) { telescope { isOpen(atNight: $atNight) } }",
        """1:10 1:29 There can be only one variable named "$atNight".""");

    [Fact]
    public void One_variable_twice_with_different_types() => Documents.Refused(
        "query Q($a: Boolean, $a: Int) { telescope { isOpen(atNight: $a) } }",
        """
        1:10 1:23 There can be only one variable named "$a".
        1:22 1:61 Variable "$a" of type "Int" used in position expecting type "Boolean".
        """);

    [Fact]
    public void The_same_variable_in_two_operations() => Documents.Valid(
        """
        query A($atNight: Boolean) { ...F }
        query B($atNight: Boolean) { ...F }
        fragment F on Query { telescope { isOpen(atNight: $atNight) } }
        """);
}
