using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Operation-Type-Existence">Operation Type Existence</see>.
/// </summary>
public sealed class OperationTypeExistenceTests
{
    private const string Sdl =
        """
        type Query { hello: String }
        """;

    [Fact]
    public void A_query_can_be_run_on_every_schema() => Documents.Valid("query Hello { hello }", Sdl);

    [Fact]
    public void A_mutation_without_a_root_type_for_it_cannot_be_run() =>
        Documents.Refused("mutation Goodbye { goodbye }", "1:1 Schema is not configured to execute mutation operation.", Sdl);

    [Fact]
    public void A_subscription_without_a_root_type_for_it_cannot_be_run() =>
        Documents.Refused("subscription Hellos { hello }", "1:1 Schema is not configured to execute subscription operation.", Sdl);

    [Fact]
    public void Each_operation_of_a_document_needs_its_root_type() =>
        Documents.Refused("query A { hello } mutation B { hello }", "1:19 Schema is not configured to execute mutation operation.", Sdl);
}
