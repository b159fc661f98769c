using System.Collections.Immutable;
using System.Globalization;

namespace GraphGateway.Gateway;

/// <summary>Where the buckets of budgets are.</summary>
public enum BudgetStore
{
    /// <summary>In the gateway's memory: each replica has budgets of its own.</summary>
    Memory,

    /// <summary>In Redis, shared by all replicas.</summary>
    Redis,

    /// <summary>In PostgreSQL, shared by all replicas.</summary>
    PostgreSql,
}

/// <summary>How much consumers may spend, and where that is counted (<c>Gateway:RateLimits</c>).</summary>
public sealed record RateLimitOptions
{
    /// <summary>Where the buckets are.</summary>
    public BudgetStore Store { get; init; } = BudgetStore.Memory;

    /// <summary>The shared store's address with what signs in: <c>redis://...</c>, or a connection string of PostgreSQL. Secret; null in memory.</summary>
    public string? Address { get; init; }

    /// <summary>What becomes of requests while the shared store cannot be asked and the replica's lease is used up.</summary>
    public StoreFailure OnStoreFailure { get; init; } = StoreFailure.Closed;

    /// <summary>The longest time that a request waits for the shared store.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a replica that has died holds what it had leased.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Buckets in a replica's memory; consumers that find no room share one.</summary>
    public int Buckets { get; init; } = 100_000;

    /// <summary>The budgets by the name of their plan.</summary>
    internal ImmutableSortedDictionary<string, Budget> Plans { get; init; } =
        ImmutableSortedDictionary.Create<string, Budget>(StringComparer.OrdinalIgnoreCase);

    // The windows by the names of their settings.
    private static readonly ImmutableArray<(string Key, TimeSpan Period)> Periods =
    [
        ("PerSecond", TimeSpan.FromSeconds(1)), ("PerMinute", TimeSpan.FromMinutes(1)), ("PerHour", TimeSpan.FromHours(1)), ("PerDay", TimeSpan.FromDays(1)),
    ];

    internal static RateLimitOptions Read(SettingsReader reader)
    {
        var defaults = new RateLimitOptions();
        var store = reader.Choice(nameof(Store), defaults.Store);
        return new RateLimitOptions
        {
            Store = store,
            Address = ReadAddress(reader, store),
            OnStoreFailure = reader.Choice(nameof(OnStoreFailure), defaults.OnStoreFailure),
            StoreTimeout = reader.Duration(nameof(StoreTimeout), defaults.StoreTimeout),
            Lease = reader.Duration(nameof(Lease), defaults.Lease),
            Buckets = reader.Count(nameof(Buckets), defaults.Buckets, max: 10_000_000),
            Plans = reader.Section(nameof(Plans), ReadPlans),
        };
    }

    private static string? ReadAddress(SettingsReader reader, BudgetStore store)
    {
        var address = reader.Text(nameof(Address));
        var problem = (store, address) switch
        {
            (BudgetStore.Memory, null) => null,
            (BudgetStore.Memory, _) => "is of no use while Store is Memory: set Store to Redis or PostgreSql.",
            (_, null) => $"is missing: Store is {store}.",
            (BudgetStore.Redis, _) => RedisAddress.TryParse(address, out _, out var wrong) ? null : wrong,
            _ => PostgreSqlStore.ProblemOf(address),
        };
        if (problem is not null)
        {
            reader.Problem(nameof(Address), problem);
        }

        return address;
    }

    private static ImmutableSortedDictionary<string, Budget> ReadPlans(SettingsReader reader)
    {
        var plans = new RateLimitOptions().Plans.ToBuilder();
        foreach (var name in reader.OtherKeys())
        {
            if (reader.Section(name, plan => ReadWindows(plan)) is { IsEmpty: false } windows)
            {
                plans[name] = new Budget(name, windows);
            }
            else
            {
                reader.Problem(name, $"has no window. Write at least one of {string.Join(", ", Periods.Select(period => period.Key))}.");
            }
        }

        return plans.ToImmutable();
    }

    private static ImmutableArray<BudgetWindow> ReadWindows(SettingsReader reader)
    {
        var windows = ImmutableArray.CreateBuilder<BudgetWindow>();
        foreach (var (key, period) in Periods)
        {
            if (reader.Text(key) is not { } text)
            {
                continue;
            }

            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units is > 0 and <= BudgetWindow.MaxUnits)
            {
                windows.Add(BudgetWindow.Of(units, period));
            }
            else
            {
                reader.Problem(key, $"'{text}' is not a whole number from 1 to {BudgetWindow.MaxUnits}.");
            }
        }

        return windows.ToImmutable();
    }
}
