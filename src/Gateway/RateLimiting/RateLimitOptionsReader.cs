using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Reads and checks <c>Gateway:RateLimits</c>.</summary>
internal static class RateLimitOptionsReader
{
    // It stands in headers and in the keys of a store.
    private const int MaxNameLength = 64;

    // SHA-256 in hexadecimal digits.
    private const int HashLength = 64;

    private const string ClaimPrefix = "Claim:";

    // The windows by the names of their settings.
    private static readonly ImmutableArray<(string Key, TimeSpan Period)> Periods =
    [
        ("PerSecond", TimeSpan.FromSeconds(1)), ("PerMinute", TimeSpan.FromMinutes(1)), ("PerHour", TimeSpan.FromHours(1)), ("PerDay", TimeSpan.FromDays(1)),
    ];

    private static string PeriodKeys => string.Join(", ", Periods.Select(period => period.Key));

    public static RateLimitOptions Read(SettingsReader reader)
    {
        var defaults = new RateLimitOptions();
        var store = reader.Choice(nameof(defaults.Store), defaults.Store);
        var plans = reader.Section(nameof(defaults.Plans), ReadPlans);
        var defaultPlan = ReadPlanName(reader, nameof(defaults.DefaultPlan), plans, isNeeded: !plans.IsEmpty);
        return new RateLimitOptions
        {
            Mode = reader.Choice(nameof(defaults.Mode), defaults.Mode),
            Store = store,
            Address = ReadAddress(reader, store),
            OnStoreFailure = reader.Choice(nameof(defaults.OnStoreFailure), defaults.OnStoreFailure),
            StoreTimeout = reader.Duration(nameof(defaults.StoreTimeout), defaults.StoreTimeout),
            Lease = reader.Duration(nameof(defaults.Lease), defaults.Lease),
            Buckets = reader.Count(nameof(defaults.Buckets), defaults.Buckets, max: 10_000_000),
            Headers = reader.OnOff(nameof(defaults.Headers), defaults.Headers),
            Consumer = ReadConsumer(reader, defaults.Consumer),
            Plans = plans,
            DefaultPlan = defaultPlan,
            AnonymousPlan = reader.Text(nameof(defaults.AnonymousPlan)) is null
                ? defaultPlan
                : ReadPlanName(reader, nameof(defaults.AnonymousPlan), plans, isNeeded: false),
            Operations = reader.Section(nameof(defaults.Operations), ReadOperations),
        };
    }

    private static string? ReadAddress(SettingsReader reader, BudgetStore store)
    {
        const string key = nameof(RateLimitOptions.Address);
        var address = reader.Text(key);
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
            reader.Problem(key, problem);
        }

        return address;
    }

    private static Budget? ReadPlanName(SettingsReader reader, string key, ImmutableSortedDictionary<string, Budget> plans, bool isNeeded)
    {
        var name = reader.Text(key);
        if (name is not null && plans.TryGetValue(name, out var plan))
        {
            return plan;
        }

        if (name is null && isNeeded)
        {
            reader.Problem(
                key, $"is missing: the plan of consumers that have none of these. Write one of {string.Join(", ", plans.Keys)}, or {RateLimitOptions.NoPlan} where they may spend what they like.");
        }
        else if (name is not null && !name.Equals(RateLimitOptions.NoPlan, StringComparison.OrdinalIgnoreCase))
        {
            reader.Problem(key, $"'{name}' is not one of {string.Join(", ", plans.Keys.Append(RateLimitOptions.NoPlan))}. Plans has the plans.");
        }

        return null;
    }

    private static ImmutableArray<ConsumerRule> ReadConsumer(SettingsReader reader, ImmutableArray<ConsumerRule> otherwise)
    {
        const string key = nameof(RateLimitOptions.Consumer);
        var rules = ImmutableArray.CreateBuilder<ConsumerRule>();
        foreach (var text in reader.Texts(key, []))
        {
            var isClaim = text.StartsWith(ClaimPrefix, StringComparison.OrdinalIgnoreCase) && text.Length > ClaimPrefix.Length;
            ConsumerRule? rule = isClaim ? new ConsumerRule(ConsumerKind.Claim, text[ClaimPrefix.Length..]) : text.ToUpperInvariant() switch
            {
                "KEY" => new ConsumerRule(ConsumerKind.Key),
                "CLIENT" => new ConsumerRule(ConsumerKind.Client),
                "SUBJECT" => new ConsumerRule(ConsumerKind.Subject),
                "ADDRESS" => new ConsumerRule(ConsumerKind.Address),
                _ => null,
            };
            if (rule is { } known)
            {
                rules.Add(known);
            }
            else
            {
                reader.Problem(key, $"'{text}' is not one of Key, Client, Subject, Address and {ClaimPrefix}NAME.");
            }
        }

        return rules.Count > 0 ? rules.ToImmutable() : otherwise;
    }

    private static ImmutableSortedDictionary<string, Budget> ReadPlans(SettingsReader reader)
    {
        var plans = new RateLimitOptions().Plans.ToBuilder();
        foreach (var name in reader.OtherKeys())
        {
            CheckName(reader, name);
            if (ReadBudget(reader, name, plan => ReadWindows(plan)) is { } budget)
            {
                plans[name] = budget;
            }
        }

        return plans.ToImmutable();
    }

    private static FrozenDictionary<string, OperationRate> ReadOperations(SettingsReader reader)
    {
        var rates = new Dictionary<string, OperationRate>();
        foreach (var name in reader.OtherKeys())
        {
            CheckName(reader, name);
            var (hash, isShared) = ((string?)null, false);
            var budget = ReadBudget(reader, name, operation =>
            {
                (hash, isShared) = (ReadHash(operation), operation.OnOff("Shared", otherwise: false));
                return ReadWindows(operation);
            });
            if (budget is not null && hash is not null && !rates.TryAdd(hash, new OperationRate(budget, isShared)))
            {
                reader.Problem($"{name}:Hash", "is that of another operation, too.");
            }
        }

        return rates.ToFrozenDictionary();
    }

    private static string? ReadHash(SettingsReader reader)
    {
        var hash = reader.Text("Hash");
        if (hash is { Length: HashLength } && hash.All(char.IsAsciiHexDigit))
        {
            return hash.ToLowerInvariant();
        }

        reader.Problem("Hash", $"{(hash is null ? "is missing" : $"'{hash}' is none")}: the SHA-256 of the operation's document, {HashLength} hexadecimal digits, as the log has it.");
        return null;
    }

    private static void CheckName(SettingsReader reader, string name)
    {
        if (name.Length > MaxNameLength || name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name.Equals(RateLimitOptions.NoPlan, StringComparison.OrdinalIgnoreCase))
        {
            reader.Problem(name, $"is no name that a header can tell: at most {MaxNameLength} letters of ASCII, and not {RateLimitOptions.NoPlan}.");
        }
    }

    private static Budget? ReadBudget(SettingsReader reader, string name, Func<SettingsReader, ImmutableArray<BudgetWindow>> read)
    {
        var windows = reader.Section(name, read);
        if (windows.IsEmpty)
        {
            reader.Problem(name, $"has no window. Write at least one of {PeriodKeys}.");
            return null;
        }

        return new Budget(name, windows);
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
