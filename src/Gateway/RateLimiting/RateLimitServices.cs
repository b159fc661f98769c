namespace GraphGateway.Gateway;

/// <summary>Registers the budgets, where there are any: <see cref="BudgetControl"/> in the pipeline, <see cref="Budgets"/>, and what keeps a shared store up to date.</summary>
internal static class RateLimitServices
{
    public static void AddRateLimits(this IServiceCollection services, RateLimitOptions options)
    {
        if (!options.IsOn)
        {
            return;
        }

        services.AddSingleton<BudgetControl>();
        services.AddSingleton(provider => Create(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<GatewayTelemetry>(),
            provider.GetRequiredService<ILogger<Budgets>>()));
        if (options.Store != BudgetStore.Memory)
        {
            services.AddHostedService(provider => new BudgetUpkeep(
                provider.GetRequiredService<Budgets>(), SharingOf(options), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BudgetUpkeep>>()));
        }
    }

    private static Budgets Create(RateLimitOptions options, TimeProvider time, GatewayTelemetry gateway, ILogger<Budgets> logger)
    {
        var clock = new MillisecondClock(time);
        var telemetry = new BudgetTelemetry(gateway.Meter, time, logger);
        var exchange = StoreOf(options, time) is { } store ? new LeaseExchange(store, SharingOf(options), clock, telemetry, Random.Shared) : null;
        return new Budgets(options.Buckets, clock, telemetry, exchange);
    }

    // The reader has checked the address.
    private static ISharedStore? StoreOf(RateLimitOptions options, TimeProvider time) => options.Store switch
    {
        BudgetStore.Memory => null,
        BudgetStore.Redis => RedisAddress.TryParse(options.Address!, out var address, out var problem)
            ? new RedisStore(new RedisClient(address, options.StoreTimeout, time))
            : throw new ArgumentException(problem, nameof(options)),
        BudgetStore.PostgreSql => new PostgreSqlStore(options.Address!),
        _ => throw new ArgumentOutOfRangeException(nameof(options)),
    };

    private static SharingOptions SharingOf(RateLimitOptions options) => new()
    {
        Timeout = options.StoreTimeout,
        Lease = options.Lease,
        OnFailure = options.OnStoreFailure,
    };
}
