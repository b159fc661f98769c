using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphGateway.Http;
using GraphGateway.Validation;

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

/// <summary>How much consumers may spend, and where that is counted (<c>Gateway:RateLimits</c>). Where there are no plans and no operations, nothing is counted.</summary>
public sealed record RateLimitOptions
{
    /// <summary>What <see cref="DefaultPlan"/> and <see cref="AnonymousPlan"/> are in the settings for those who may spend what they like.</summary>
    internal const string NoPlan = "None";

    /// <summary>Whether a request beyond a budget is refused, or only counted.</summary>
    public LimitMode Mode { get; init; } = LimitMode.Enforce;

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

    /// <summary>Whether answers tell clients of their budgets (<c>RateLimit-Policy</c> and <c>RateLimit</c>).</summary>
    public bool Headers { get; init; } = true;

    /// <summary>Who a consumer is: the first of these that a request has.</summary>
    internal ImmutableArray<ConsumerRule> Consumer { get; init; } = [new(ConsumerKind.Client), new(ConsumerKind.Subject), new(ConsumerKind.Address)];

    /// <summary>The budgets by the name of their plan.</summary>
    internal ImmutableSortedDictionary<string, Budget> Plans { get; init; } =
        ImmutableSortedDictionary.Create<string, Budget>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The plan of consumers that have none, or one that is not here; null where they may spend what they like.</summary>
    internal Budget? DefaultPlan { get; init; }

    /// <summary>The plan of clients that have shown nothing; null where they may spend what they like.</summary>
    internal Budget? AnonymousPlan { get; init; }

    /// <summary>How often single operations may be sent, by the hash of their document.</summary>
    internal FrozenDictionary<string, OperationRate> Operations { get; init; } = FrozenDictionary<string, OperationRate>.Empty;

    /// <summary>Whether anything is counted.</summary>
    internal bool IsOn => !Plans.IsEmpty || Operations.Count > 0;

    /// <summary>The budget of a client; null where it may spend what it likes.</summary>
    internal Budget? PlanOf(ClientIdentity identity) =>
        identity.Kind == ClientKind.Anonymous ? AnonymousPlan
        : identity.Plan is { } name && Plans.TryGetValue(name, out var plan) ? plan
        : DefaultPlan;
}

/// <summary>By what a consumer is known.</summary>
internal enum ConsumerKind
{
    /// <summary>The id of an API key.</summary>
    Key,

    /// <summary>The application: a token's client, or the consumer on an API key.</summary>
    Client,

    /// <summary>Whom a token speaks of, or the id of an API key.</summary>
    Subject,

    /// <summary>The address from which is asked.</summary>
    Address,

    /// <summary>A claim of a token.</summary>
    Claim,
}

/// <summary>One way to know a consumer.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Claim">The claim's name; null where it is none.</param>
internal readonly record struct ConsumerRule(ConsumerKind Kind, string? Claim = null);

/// <summary>How often an operation may be sent.</summary>
/// <param name="Budget">A unit for each request.</param>
/// <param name="IsShared">Whether all consumers together may send it so often, and not each.</param>
internal sealed record OperationRate(Budget Budget, bool IsShared);
