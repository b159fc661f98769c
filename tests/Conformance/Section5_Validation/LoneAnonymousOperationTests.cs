using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation">Lone Anonymous Operation</see>.
/// </summary>
public sealed class LoneAnonymousOperationTests
{
    [Fact]
    public void One_operation_alone_needs_no_name() => Documents.Valid("{ telescope { name } }");

    [Fact]
    public void Beside_another_operation_it_does() => Documents.Refused(
        """
        { telescope { name } }
        query OwnerName { telescope { owner { name } } }
        """,
        "1:1 This anonymous operation must be the only defined operation.");

    [Fact]
    public void Two_operations_without_a_name() => Documents.Refused(
        "{ telescope { name } } mutation { __typename }",
        """
        1:1 This anonymous operation must be the only defined operation.
        1:24 This anonymous operation must be the only defined operation.
        """);

    [Fact]
    public void Fragments_do_not_count_as_operations() => Documents.Valid("{ telescope { ...F } } fragment F on Telescope { name }");
}
