using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.Subgraphs.Server.Seeding;

namespace GraphGateway.Subgraphs.Payments;

/// <summary>The service that owns payments: who paid what, how, and for which order.</summary>
public static class PaymentsService
{
    /// <summary>The service as its program and its tests start it.</summary>
    public static ServiceDefinition<PaymentsDb> Definition { get; } = new("payments", 5103, PaymentsDb.Version, typeof(PaymentsService).Assembly, SeedAsync);

    private static Task SeedAsync(PaymentsDb db, CancellationToken cancellation) => BulkInsert.InsertAsync(db, PaymentsSeed.Payments(), cancellation);
}
