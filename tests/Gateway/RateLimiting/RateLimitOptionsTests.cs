using GraphGateway.ControlPlane;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>The settings of budgets, and what is wrong with some.</summary>
public sealed class RateLimitOptionsTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF";

    [Fact]
    public void Without_settings_budgets_are_in_memory_and_there_are_none() => Assert.Equal(
        "Enforce, Memory, no address, Closed, 00:00:00.2500000, 00:00:10, 100000, no plan, no plan:",
        Read());

    [Fact]
    public void All_settings_are_read() => Assert.Equal(
        "Measure, Redis, rediss://me:secret@cache/1, Open, 00:00:00.1000000, 00:00:30, 5000, Gold, bronze: bronze 100/60000; Gold 50/1000+1000/60000+20000/3600000+1125899906842624/86400000",
        Read(
            "Mode=Measure", "DefaultPlan=gold", "AnonymousPlan=bronze", "Store=redis", "Address=rediss://me:secret@cache/1", "OnStoreFailure=Open", "StoreTimeout=100ms", "Lease=30s", "Buckets=5000",
            "Plans:Gold:PerDay=1125899906842624", "Plans:Gold:PerSecond=50", "Plans:Gold:PerMinute=1000", "Plans:Gold:PerHour=20000", "Plans:bronze:PerMinute=100"));

    [Theory]
    [InlineData("Address: is missing: Store is PostgreSql.", "Store=PostgreSql")]
    [InlineData("Address: is of no use while Store is Memory: set Store to Redis or PostgreSql.", "Address=redis://cache")]
    [InlineData("Address: is not an address such as redis://127.0.0.1:6379/0 or rediss://USER:PASSWORD@HOST.", "Store=Redis", "Address=Host=s3cret")]
    [InlineData("Address: is no connection string of PostgreSQL such as Host=db;Database=gateway;Username=gateway;Password=...", "Store=PostgreSql", "Address=redis://s3cret")]
    [InlineData("Address: is no connection string of PostgreSQL such as Host=db;Database=gateway;Username=gateway;Password=...", "Store=PostgreSql", "Address=Host=db;Pasword=s3cret")]
    [InlineData("Address: names no host. Write for example Host=db;Database=gateway;Username=gateway;Password=...", "Store=PostgreSql", "Address=Password=s3cret")]
    [InlineData("Store: 'Etcd' is not one of Memory, Redis, PostgreSql.", "Store=Etcd")]
    [InlineData("Plans:gold: has no window. Write at least one of PerSecond, PerMinute, PerHour, PerDay.", "Plans:gold=")]
    [InlineData("Plans:gold:PerSecond: '0' is not a whole number from 1 to 1125899906842624.", "Plans:gold:PerSecond=0", "Plans:gold:PerDay=1", "DefaultPlan=None")]
    [InlineData("Plans:gold:PerSecond: '1125899906842625' is not a whole number from 1 to 1125899906842624.", "Plans:gold:PerSecond=1125899906842625", "Plans:gold:PerDay=1", "DefaultPlan=None")]
    [InlineData("Plans:gold:PerWeek: There is no such setting. Known here: PerDay, PerHour, PerMinute, PerSecond.", "Plans:gold:PerWeek=1", "Plans:gold:PerDay=1", "DefaultPlan=None")]
    [InlineData("DefaultPlan: is missing: the plan of consumers that have none of these. Write one of gold, or None where they may spend what they like.", "Plans:gold:PerDay=1")]
    [InlineData("DefaultPlan: 'silver' is not one of gold, None. Plans has the plans.", "Plans:gold:PerDay=1", "DefaultPlan=silver")]
    [InlineData("AnonymousPlan: 'silver' is not one of gold, None. Plans has the plans.", "Plans:gold:PerDay=1", "DefaultPlan=gold", "AnonymousPlan=silver")]
    [InlineData("Plans:none: is no name that a header can tell: at most 64 letters of ASCII, and not None.", "Plans:none:PerDay=1", "DefaultPlan=None")]
    [InlineData("Plans:g\u00f6ld: is no name that a header can tell: at most 64 letters of ASCII, and not None.", "Plans:g\u00f6ld:PerDay=1", "DefaultPlan=None")]
    [InlineData("Consumer: 'Ip' is not one of Key, Client, Subject, Address and Claim:NAME.", "Consumer=Client, Ip")]
    [InlineData("Consumer: 'Claim:' is not one of Key, Client, Subject, Address and Claim:NAME.", "Consumer=Claim:")]
    [InlineData("Operations:pay:Hash: is missing: the SHA-256 of the operation's document, 64 hexadecimal digits, as the log has it.", "Operations:pay:PerDay=1")]
    [InlineData("Operations:pay:Hash: 'x' is none: the SHA-256 of the operation's document, 64 hexadecimal digits, as the log has it.", "Operations:pay:PerDay=1", "Operations:pay:Hash=x")]
    [InlineData("Operations:pay: has no window. Write at least one of PerSecond, PerMinute, PerHour, PerDay.", "Operations:pay:Hash=" + Hash)]
    [InlineData("Operations:pay:Hash: is that of another operation, too.", "Operations:buy:PerDay=1", "Operations:buy:Hash=" + Hash, "Operations:pay:PerDay=1", "Operations:pay:Hash=" + Hash)]
    public void What_is_wrong_is_told_by_its_key_and_without_secrets(string problem, params string[] settings) =>
        Assert.Equal("Gateway:RateLimits:" + problem, Read(settings));

    private static string Read(params string[] settings)
    {
        var (options, problems) = TryRead(settings);
        return problems.Count > 0
            ? string.Join('\n', problems)
            : $"{options.Mode}, {options.Store}, {options.Address ?? "no address"}, {options.OnStoreFailure}, {options.StoreTimeout}, {options.Lease}, {options.Buckets}, "
                + $"{options.DefaultPlan?.Name ?? "no plan"}, {options.AnonymousPlan?.Name ?? "no plan"}:"
                + string.Join(';', options.Plans.Values.Select(plan => $" {plan.Name} {plan.Signature}"));
    }

    /// <summary>Settings that are right.</summary>
    internal static RateLimitOptions Options(params string[] settings)
    {
        var (options, problems) = TryRead(settings);
        Assert.Empty(problems);
        return options;
    }

    private static (RateLimitOptions Options, List<SettingProblem> Problems) TryRead(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(parts => KeyValuePair.Create("Gateway:RateLimits:" + parts[0], (string?)parts[1]))).Build();
        var problems = new List<SettingProblem>();
        var reader = new SettingsReader(configuration.GetSection("Gateway:RateLimits"), problems);
        var options = RateLimitOptionsReader.Read(reader);
        reader.RefuseUnknown();
        return (options, problems);
    }
}
