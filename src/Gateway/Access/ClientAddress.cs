using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace GraphGateway.Gateway;

/// <summary>
/// The address from which a client asks. It is that of the connection; where a proxy that is trusted has made the connection, the one that this proxy has added to
/// <c>X-Forwarded-For</c>, which is the last there; and so on as long as that one is trusted, too. What stands further left was written by somebody who is not, and
/// is not looked at.
/// </summary>
internal static class ClientAddress
{
    // Each proxy adds one: more are no proxies.
    private const int MaxHops = 32;

    // RFC 4291, section 2.5.5.2: what stands before an address of IPv4 inside one of IPv6.
    private const int MappedBits = 96;

    /// <summary>The address; null where it cannot be told.</summary>
    /// <param name="connection">The other end of the connection; null where that is none of the network.</param>
    /// <param name="forwarded">All values of <c>X-Forwarded-For</c>.</param>
    /// <param name="trusted">The proxies that are trusted.</param>
    public static IPAddress? Of(IPAddress? connection, StringValues forwarded, ImmutableArray<IPNetwork> trusted)
    {
        var address = connection is null ? null : Plain(connection);
        var hops = 0;
        for (var line = forwarded.Count - 1; line >= 0; line--)
        {
            var rest = forwarded[line].AsSpan();
            while (true)
            {
                if (address is null || !IsIn(trusted, address))
                {
                    return address;
                }

                if (++hops > MaxHops)
                {
                    return null;
                }

                var comma = rest.LastIndexOf(',');
                address = Parse(rest[(comma + 1)..].Trim());
                if (comma < 0)
                {
                    break;
                }

                rest = rest[..comma];
            }
        }

        return address;
    }

    /// <summary>Whether an address is in one of several networks.</summary>
    public static bool IsIn(ImmutableArray<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A network, or one address as a network of itself; null where it is neither. One of IPv4 inside IPv6 is that of IPv4, as addresses are: a list that
    /// has it would else hold for nobody.
    /// </summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            var address = text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal));
            return IPNetwork.TryParse(text, out var network) && IsWritten(address) && network.BaseAddress.Equals(IPAddress.Parse(address)) ? Plain(network) : null;
        }

        return Parse(text) is { } alone ? new IPNetwork(alone, alone.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) : null;
    }

    // With a port some proxies write 203.0.113.7:4711 and [2001:db8::7]:4711.
    private static IPAddress? Parse(ReadOnlySpan<char> text)
    {
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            text = end < 0 ? default : text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            text = text[..text.IndexOf(':')];
        }

        return IsWritten(text) && IPAddress.TryParse(text, out var address) ? Plain(address) : null;
    }

    // Not 127.1 or 0x7f000001, which mean different addresses to different programs, and no zone of an interface.
    private static bool IsWritten(ReadOnlySpan<char> text) => !text.Contains('%') && (text.Contains(':') || (text.Count('.') == 3 && !HasLeadingZero(text)));

    private static bool HasLeadingZero(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (text[part] is ['0', _, ..])
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork Plain(IPNetwork network) => network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits
        ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedBits)
        : network;

    // ::ffff:10.0.0.1 is 10.0.0.1, on a socket for both families.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
