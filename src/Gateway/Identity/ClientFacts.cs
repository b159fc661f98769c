using System.Buffers;
using System.Globalization;
using System.Text;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// What is known of a client, as a header has it. Each value is UTF-8 in which every byte that is no visible ASCII character, and <c>%</c>, is
/// <c>%</c> with two hexadecimal digits; between several values there is a space. So a value has no space, no line break and nothing that two readers could
/// read differently. An empty value is none.
/// </summary>
internal static class ClientFacts
{
    private const string ClaimPrefix = "claim:";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Where(character => character != '%')]);

    /// <summary>The header's text; null where nothing is known.</summary>
    /// <param name="client">The client.</param>
    /// <param name="fact">What is asked for; <see cref="ClaimHeader.Fact"/>.</param>
    public static string? Find(ClientIdentity client, string fact) => fact switch
    {
        "kind" => IdentityToken.NameOf(client.Kind),
        "sub" => Join([client.Subject]),
        "iss" => Join([client.Issuer]),
        "consumer" => Join([client.Consumer]),
        "plan" => Join([client.Plan]),
        "scope" => Join(client.Scopes.Order(StringComparer.Ordinal)),
        _ => Join(client.Claims.FindAll(ClaimOf(fact)).Select(claim => claim.Value)),
    };

    private static string ClaimOf(string fact) => fact.StartsWith(ClaimPrefix, StringComparison.OrdinalIgnoreCase) ? fact[ClaimPrefix.Length..] : fact;

    private static string? Join(IEnumerable<string?> values)
    {
        var text = string.Join(' ', values.Where(value => !string.IsNullOrEmpty(value)).Select(value => Escape(value!)));
        return text.Length == 0 ? null : text;
    }

    private static string Escape(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        foreach (var unit in Encoding.UTF8.GetBytes(value))
        {
            _ = Plain.Contains((char)unit) ? text.Append((char)unit) : text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return text.ToString();
    }
}
