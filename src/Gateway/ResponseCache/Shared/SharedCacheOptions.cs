using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Where replicas share what they keep of answers (<c>Gateway:ResponseCache:Shared</c>).</summary>
public sealed record SharedCacheOptions
{
    /// <summary>The address of a Redis server, 5 or later; it may hold a password.</summary>
    public required string Address { get; init; }

    /// <summary>Before the names of all that is kept there. Gateways with the same one give each other's answers: their settings have to be the same.</summary>
    public string Prefix { get; init; } = "graphgateway";

    /// <summary>The longest time for which a request waits for the store; then it goes on without.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(100);

    // Without an address there is nothing.
    internal static SharedCacheOptions? Read(SettingsReader reader)
    {
        var defaults = new SharedCacheOptions { Address = "" };
        var address = reader.Text(nameof(Address));
        if (address is not null && !RedisAddress.TryParse(address, out _, out var problem))
        {
            reader.Problem(nameof(Address), problem);
        }

        var options = new SharedCacheOptions
        {
            Address = address ?? "",
            Prefix = reader.Text(nameof(Prefix)) ?? defaults.Prefix,
            Timeout = reader.Duration(nameof(Timeout), defaults.Timeout),
        };
        return address is null ? null : options;
    }
}
