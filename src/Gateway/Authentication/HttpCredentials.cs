using System.Collections.Immutable;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// Finds the credential of a request over HTTP. A header counts before a cookie, which browsers send unasked; two credentials in headers, or two values where
/// one can be, are refused: what is in front of the gateway may have looked at the other one.
/// </summary>
internal sealed class HttpCredentials
{
    private readonly ImmutableArray<HeaderPlace> headers;
    private readonly ImmutableArray<string> cookies;
    private readonly bool takesKeys;

    public HttpCredentials(AuthenticationOptions options)
    {
        takesKeys = options.ApiKeys is not null;
        var places = options.Jwt.Issuers.IsEmpty && !takesKeys ? [] : options.Jwt.Places;
        var keyPlace = options.ApiKeys is { } keys ? new TokenPlace(keys.Header, null, IsCookie: false) : null;
        headers =
        [
            .. (keyPlace is null ? places : places.Add(keyPlace)).Where(place => !place.IsCookie).GroupBy(place => place.Name, StringComparer.OrdinalIgnoreCase)
                .Select(header => new HeaderPlace(header.Key, [.. header.Select(place => place.Prefix ?? "").Distinct(StringComparer.OrdinalIgnoreCase)])),
        ];
        cookies = [.. places.Where(place => place.IsCookie).Select(place => place.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The credential, or why there is none that can be read. PERF: allocates nothing.</summary>
    public Credentials Find(IHeaderDictionary request, out AuthenticationFailure failure)
    {
        var found = Credentials.None;
        failure = AuthenticationFailure.None;
        foreach (var header in headers)
        {
            var values = request[header.Name];
            if (values.Count == 0)
            {
                continue;
            }

            if (values.Count > 1 || found.Kind != CredentialKind.None)
            {
                failure = AuthenticationFailure.Multiple;
                return Credentials.None;
            }

            if (!TryRead(values[0] ?? "", header.Prefixes, out found))
            {
                failure = AuthenticationFailure.SchemeUnknown;
                return Credentials.None;
            }
        }

        return found.Kind != CredentialKind.None || cookies.IsEmpty ? found : FindCookie(request, ref failure);
    }

    // RFC 7235, section 2.1: the scheme in any case, then spaces.
    private bool TryRead(string value, ImmutableArray<string> prefixes, out Credentials credentials)
    {
        foreach (var prefix in prefixes)
        {
            var start = prefix.Length;
            if (!value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || (start > 0 && start < value.Length && value[start] != ' '))
            {
                continue;
            }

            while (start < value.Length && value[start] == ' ')
            {
                start++;
            }

            credentials = CredentialsOf(value.AsMemory(start));
            return true;
        }

        credentials = Credentials.None;
        return false;
    }

    // RFC 6265, section 4.2.1. A subdomain can set a cookie of the same name beside the right one.
    private Credentials FindCookie(IHeaderDictionary request, ref AuthenticationFailure failure)
    {
        var found = Credentials.None;
        foreach (var line in request.Cookie)
        {
            var rest = (line ?? "").AsMemory();
            while (!rest.IsEmpty)
            {
                var end = rest.Span.IndexOf(';');
                var pair = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                if (!IsOurs(pair.Span, out var valueStart))
                {
                    continue;
                }

                if (found.Kind != CredentialKind.None)
                {
                    failure = AuthenticationFailure.Multiple;
                    return Credentials.None;
                }

                found = CredentialsOf(pair[valueStart..].Trim().Trim('"'));
            }
        }

        return found;
    }

    // Keys tell themselves apart from tokens, wherever they stand.
    private Credentials CredentialsOf(ReadOnlyMemory<char> text) => new(
        takesKeys && text.Span.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal) ? CredentialKind.ApiKey : CredentialKind.Token, text);

    private bool IsOurs(ReadOnlySpan<char> pair, out int valueStart)
    {
        valueStart = pair.IndexOf('=') + 1;
        if (valueStart > 0)
        {
            var name = pair[..(valueStart - 1)].Trim();
            foreach (var cookie in cookies)
            {
                if (name.SequenceEqual(cookie))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A header, with what can stand before the token in it.</summary>
    private sealed record HeaderPlace(string Name, ImmutableArray<string> Prefixes);
}
