using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Orders.Data;

/// <summary>The database of the orders service.</summary>
public sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options)
{
    /// <summary>The version of tables and first data; to be raised with a change of either.</summary>
    public const int Version = 2;

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<OrderItemRow> Items => Set<OrderItemRow>();

    public DbSet<ProductRow> Products => Set<ProductRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ServiceModel.Conventions(this, configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ServiceModel.Configure(this, modelBuilder, "orders");
        modelBuilder.Entity<OrderRow>().HasIndex(order => order.Number).IsUnique();
        modelBuilder.Entity<OrderRow>().HasIndex(order => new { order.CustomerId, order.PlacedAt });
        modelBuilder.Entity<OrderItemRow>().HasOne<OrderRow>().WithMany().HasForeignKey(item => item.OrderId);
        modelBuilder.Entity<OrderItemRow>().HasOne<ProductRow>().WithMany().HasForeignKey(item => item.ProductId);
        modelBuilder.Entity<ProductRow>().HasIndex(product => product.Sku).IsUnique();
        // The last line of defence: whatever the code does, nothing is sold twice.
        modelBuilder.Entity<ProductRow>().ToTable(table => table.HasCheckConstraint("CK_Products_Stock", "\"Stock\" >= 0"));
    }
}
