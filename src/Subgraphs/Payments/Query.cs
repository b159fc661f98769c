using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Payments;

/// <summary>The fields of <c>Query</c>. Lookups of one request become one statement, however many they are.</summary>
[GraphQLType("Query")]
public static class Query
{
    /// <summary>A lookup.</summary>
    public static async Task<PaymentRow?> PaymentByIdAsync(string id, PaymentByIdLoader payments, Projection<PaymentRow> columns) =>
        Ids.Parse(id) is { } key ? await payments.LoadAsync(new(key, columns)) : null;

    /// <summary>A page of payments.</summary>
    public static async Task<Connection<PaymentRow>?> PaymentsAsync(
        PageRequest<PaymentRow> page, IDbContextFactory<PaymentsDb> contexts, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Payments.ToConnectionAsync(page, payment => payment.Id, cancellationToken: cancellation);
    }

    /// <summary>A lookup. This service keeps no orders: it cannot say that there is none.</summary>
    public static PaidOrder? OrderById(string id) => Ids.Parse(id) is { } key ? new PaidOrder(key) : null;

    /// <summary>A lookup. This service keeps no users: it cannot say that there is none.</summary>
    public static Payer? UserById(string id) => Ids.Parse(id) is { } key ? new Payer(key) : null;
}
