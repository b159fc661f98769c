using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness">Operation Name Uniqueness</see>.
/// </summary>
public sealed class OperationNameUniquenessTests
{
    [Fact]
    public void Operations_of_different_names() => Documents.Valid(
        """
        query TelescopeName { telescope { name } }
        query OwnerName { telescope { owner { name } } }
        """);

    [Fact]
    public void Two_operations_of_one_name() => Documents.Refused(
        """
        query GetName { telescope { name } }
        query GetName { telescope { owner { name } } }
        """,
        """1:7 2:7 There can be only one operation named "GetName".""");

    [Fact]
    public void Two_operations_of_one_name_are_none_the_better_for_being_of_different_kinds() => Documents.Refused(
        """
        query Run { telescope { name } }
        mutation Run { order(instrument: { antenna: { name: "Dish" } }) { name } }
        """,
        """1:7 2:10 There can be only one operation named "Run".""");

    [Fact]
    public void An_operation_and_a_fragment_may_have_the_same_name() =>
        Documents.Valid("query F { telescope { ...F } } fragment F on Telescope { name }");
}
