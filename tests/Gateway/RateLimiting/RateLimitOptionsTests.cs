using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>The settings of budgets, and what is wrong with some.</summary>
public sealed class RateLimitOptionsTests
{
    [Fact]
    public void Without_settings_budgets_are_in_memory_and_there_are_none() => Assert.Equal(
        "Memory, no address, Closed, 00:00:00.2500000, 00:00:10, 100000:",
        Read());

    [Fact]
    public void All_settings_are_read() => Assert.Equal(
        "Redis, rediss://me:secret@cache/1, Open, 00:00:00.1000000, 00:00:30, 5000: bronze 100/60000; Gold 50/1000+1000/60000+20000/3600000+1125899906842624/86400000",
        Read(
            "Store=redis", "Address=rediss://me:secret@cache/1", "OnStoreFailure=Open", "StoreTimeout=100ms", "Lease=30s", "Buckets=5000",
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
    [InlineData("Plans:gold:PerSecond: '0' is not a whole number from 1 to 1125899906842624.", "Plans:gold:PerSecond=0", "Plans:gold:PerDay=1")]
    [InlineData("Plans:gold:PerSecond: '1125899906842625' is not a whole number from 1 to 1125899906842624.", "Plans:gold:PerSecond=1125899906842625", "Plans:gold:PerDay=1")]
    [InlineData("Plans:gold:PerWeek: There is no such setting. Known here: PerDay, PerHour, PerMinute, PerSecond.", "Plans:gold:PerWeek=1", "Plans:gold:PerDay=1")]
    public void What_is_wrong_is_told_by_its_key_and_without_secrets(string problem, params string[] settings) =>
        Assert.Equal("Gateway:RateLimits:" + problem, Read(settings));

    private static string Read(params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(parts => KeyValuePair.Create("Gateway:RateLimits:" + parts[0], (string?)parts[1]))).Build();
        var problems = new List<SettingProblem>();
        var reader = new SettingsReader(configuration.GetSection("Gateway:RateLimits"), problems);
        var options = RateLimitOptionsReader.Read(reader);
        reader.RefuseUnknown();
        return problems.Count > 0
            ? string.Join('\n', problems)
            : $"{options.Store}, {options.Address ?? "no address"}, {options.OnStoreFailure}, {options.StoreTimeout}, {options.Lease}, {options.Buckets}:"
                + string.Join(';', options.Plans.Values.Select(plan => $" {plan.Name} {plan.Signature}"));
    }
}
