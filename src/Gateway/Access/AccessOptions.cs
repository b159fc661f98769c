using System.Collections.Immutable;
using System.Net;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>From where may be asked (<c>Gateway:Access</c>). Where nothing is set, from everywhere.</summary>
public sealed record AccessOptions
{
    /// <summary>The addresses that may ask; none lets all.</summary>
    public ImmutableArray<IPNetwork> Allow { get; init; } = [];

    /// <summary>The addresses that may not, also where <see cref="Allow"/> has them.</summary>
    public ImmutableArray<IPNetwork> Deny { get; init; } = [];

    /// <summary>The proxies whose <c>X-Forwarded-For</c> is believed; none believes no such header.</summary>
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Whether addresses are looked at.</summary>
    internal bool IsOn => !Allow.IsEmpty || !Deny.IsEmpty;

    internal static AccessOptions Read(SettingsReader reader) => new()
    {
        Allow = ReadNetworks(reader, nameof(Allow)),
        Deny = ReadNetworks(reader, nameof(Deny)),
        TrustedProxies = ReadNetworks(reader, nameof(TrustedProxies)),
    };

    private static ImmutableArray<IPNetwork> ReadNetworks(SettingsReader reader, string key)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in reader.Texts(key, []))
        {
            if (ClientAddress.ParseNetwork(text) is { } network)
            {
                networks.Add(network);
            }
            else
            {
                reader.Problem(key, $"'{text}' is neither an address nor a range of them, such as 10.0.0.0/8 or 2001:db8::/32, whose bits after the prefix are 0.");
            }
        }

        return networks.ToImmutable();
    }
}
