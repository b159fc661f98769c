using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GraphGateway.Gateway;

/// <summary>
/// Where a Redis server is and how to sign in, from an address as
/// <see href="https://www.iana.org/assignments/uri-schemes/prov/redis">registered</see>: <c>redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]</c>;
/// <c>rediss</c> is the same over TLS. User and password are percent-encoded.
/// </summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">The port; 6379 where none is given.</param>
/// <param name="User">Null for the default user.</param>
/// <param name="Password">Null where none is needed.</param>
/// <param name="Database">The database's number.</param>
/// <param name="IsTls">Whether the connection is encrypted, and the server's certificate checked.</param>
internal sealed record RedisAddress(string Host, int Port, string? User, string? Password, int Database, bool IsTls)
{
    private const int DefaultPort = 6379;

    /// <summary>The address without user and password.</summary>
    public string Shown => string.Create(
        CultureInfo.InvariantCulture, $"{(IsTls ? "rediss" : "redis")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Database}");

    /// <summary>Reads an address; what is wrong is said without the address, which may hold a password.</summary>
    /// <param name="text">The address.</param>
    /// <param name="address">What it says.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RedisAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            problem = "is not an address such as redis://127.0.0.1:6379/0 or rediss://USER:PASSWORD@HOST.";
            return false;
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = "has parameters behind the database: there are none.";
            return false;
        }

        var database = 0;
        var path = uri.AbsolutePath.Trim('/');
        if (path.Length > 0 && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database))
        {
            problem = "names a database that is not a number, such as redis://127.0.0.1:6379/0.";
            return false;
        }

        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? uri.UserInfo : uri.UserInfo[..colon]);
        var password = colon < 0 ? null : Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]);
        if (user.Length > 0 && password is null)
        {
            problem = "has a user and no password: write USER:PASSWORD@, or :PASSWORD@ for the default user.";
            return false;
        }

        problem = null;
        address = new RedisAddress(
            uri.DnsSafeHost, uri.Port < 0 ? DefaultPort : uri.Port, user.Length > 0 ? user : null, password, database, uri.Scheme == "rediss");
        return true;
    }
}
