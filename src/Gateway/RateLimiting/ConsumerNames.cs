using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Who pays for a request: the first of the configured ways by which it can be told. A name says of which kind it is and which issuer says so, so that nobody
/// is taken for somebody of another kind or of another issuer. What a client writes into headers names nobody, but for <c>X-Forwarded-For</c> of proxies that
/// are trusted.
/// </summary>
/// <param name="rules">The ways.</param>
/// <param name="trustedProxies">As for the lists of addresses.</param>
internal sealed class ConsumerNames(ImmutableArray<ConsumerRule> rules, ImmutableArray<IPNetwork> trustedProxies)
{
    /// <summary>All who cannot be told apart.</summary>
    public const string Unknown = "unknown";

    // PERF: an identity is the same object for all requests with a remembered token; its names go with it.
    private readonly ConditionalWeakTable<ClientIdentity, string?[]> known = [];

    /// <summary>The consumer's name.</summary>
    /// <param name="context">The request.</param>
    /// <param name="identity">Who sends it.</param>
    public string Of(HttpContext context, ClientIdentity identity)
    {
        var names = identity.Kind == ClientKind.Anonymous ? null : known.GetValue(identity, Name);
        for (var i = 0; i < rules.Length; i++)
        {
            if ((rules[i].Kind == ConsumerKind.Address ? AddressOf(context) : names?[i]) is { } name)
            {
                return name;
            }
        }

        return Unknown;
    }

    private string?[] Name(ClientIdentity identity) => [.. rules.Select(rule => Name(rule, identity))];

    private static string? Name(ConsumerRule rule, ClientIdentity identity) => (rule.Kind, identity.Kind) switch
    {
        (ConsumerKind.Key or ConsumerKind.Subject, ClientKind.ApiKey) => $"key {identity.Subject}",
        (ConsumerKind.Client, ClientKind.ApiKey) => $"account {identity.Consumer}",
        (ConsumerKind.Client, ClientKind.Token) => Of("client", identity.Issuer, identity.Consumer),
        (ConsumerKind.Subject, ClientKind.Token) => Of("subject", identity.Issuer, identity.Subject),
        (ConsumerKind.Claim, ClientKind.Token) => Of($"claim {rule.Claim}", identity.Issuer, identity.Claims.FindFirst(rule.Claim!)?.Value),
        _ => null,
    };

    private static string? Of(string kind, string? issuer, string? value) => string.IsNullOrEmpty(value) ? null : $"{kind} {issuer} {value}";

    // Who has an address of IPv6 mostly has all of its /64.
    private string? AddressOf(HttpContext context)
    {
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress, context.Request.Headers["X-Forwarded-For"], trustedProxies);
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address is null ? null : $"address {address}";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"address {new IPAddress(bytes)}/64";
    }
}
