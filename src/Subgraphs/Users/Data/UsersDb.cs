using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Users.Data;

/// <summary>The database of the users service.</summary>
public sealed class UsersDb(DbContextOptions<UsersDb> options) : DbContext(options)
{
    /// <summary>The version of tables and first data; to be raised with a change of either.</summary>
    public const int Version = 2;

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<AddressRow> Addresses => Set<AddressRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ServiceModel.Conventions(this, configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ServiceModel.Configure(this, modelBuilder, "users");
        modelBuilder.Entity<UserRow>().HasIndex(user => user.Email).IsUnique();
        modelBuilder.Entity<AddressRow>().HasOne<UserRow>().WithMany().HasForeignKey(address => address.UserId);
    }
}
