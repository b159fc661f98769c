using GraphGateway.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>How the services' models keep money and time, so that SQLite and PostgreSQL compare, sort and sum them alike.</summary>
public static class ServiceModel
{
    // Sums of many such amounts stay within a column of 64 bits.
    private const decimal AmountMax = 1_000_000_000_000m;

    /// <summary>
    /// Call it in <c>ConfigureConventions</c>. <see cref="decimal"/> becomes a whole number of hundredths;
    /// <see cref="DateTimeOffset"/> becomes UTC: <c>timestamptz</c> in PostgreSQL, milliseconds since 1970 in SQLite.
    /// </summary>
    public static void Conventions(DbContext context, ModelConfigurationBuilder configuration)
    {
        // SQLite has no decimal type: EF would keep text, which sorts "9" behind "10".
        configuration.Properties<decimal>().HaveConversion<Hundredths>();
        if (context.Database.IsSqlite())
        {
            configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        }
        else
        {
            // Npgsql refuses an offset other than zero.
            configuration.Properties<DateTimeOffset>().HaveConversion<Utc>();
        }
    }

    /// <summary>
    /// Call it in <c>OnModelCreating</c>. Adds the mark of a finished database and, in PostgreSQL, a schema named like the service,
    /// so that the services may share a database there.
    /// </summary>
    public static void Configure(DbContext context, ModelBuilder model, string service)
    {
        if (context.Database.IsNpgsql())
        {
            model.HasDefaultSchema(service);
        }

        model.Entity<DatabaseMark>().ToTable(nameof(DatabaseMark)).HasKey(mark => mark.Version);
        model.Entity<DatabaseMark>().Property(mark => mark.Version).ValueGeneratedNever();
    }

    private sealed class Hundredths() : ValueConverter<decimal, long>(amount => ToHundredths(amount), stored => stored / 100.00m);

    // A client's own amount comes here through a filter. Rounding it would find 9.99 for 9.994.
    private static long ToHundredths(decimal amount) => Math.Abs(amount) > AmountMax
        ? throw new GraphQLException($"An amount is at most {AmountMax}.", ErrorCode.BadUserInput)
        : decimal.Round(amount, 2) == amount
            ? (long)(amount * 100m)
            : throw new GraphQLException("An amount has at most two decimal places.", ErrorCode.BadUserInput);

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(),
        stored => stored);
}

/// <summary>The one row of a database whose tables and first data are complete.</summary>
public sealed class DatabaseMark
{
    /// <summary>The version of the tables and the first data.</summary>
    public int Version { get; init; }

    /// <summary>The service whose tables they are.</summary>
    public required string Service { get; init; }
}
