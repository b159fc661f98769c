using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Payments.Data;

/// <summary>The database of the payments service.</summary>
public sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    /// <summary>The version of tables and first data; to be raised with a change of either.</summary>
    public const int Version = 2;

    public DbSet<PaymentRow> Payments => Set<PaymentRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ServiceModel.Conventions(this, configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ServiceModel.Configure(this, modelBuilder, "payments");
        modelBuilder.Entity<PaymentRow>().HasIndex(payment => payment.IdempotencyKey).IsUnique();
        modelBuilder.Entity<PaymentRow>().HasIndex(payment => payment.OrderId);
        modelBuilder.Entity<PaymentRow>().HasIndex(payment => new { payment.PayerId, payment.CreatedAt });
    }
}
