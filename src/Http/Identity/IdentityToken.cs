using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GraphGateway.Http;

/// <summary>
/// The token in which the gateway tells a source who asks: a signed JSON Web Token (RFC 7519) for that source alone. The one place that knows its form: the
/// gateway writes it, a service reads it. A client that has shown nothing has one, too, without <c>sub</c>: it says that the gateway asks.
/// </summary>
public static class IdentityToken
{
    /// <summary>The header in which it goes where no setting says otherwise.</summary>
    public const string DefaultHeader = "GraphGateway-Identity";

    /// <summary>Who makes it (<c>iss</c>) where no setting says otherwise.</summary>
    public const string DefaultIssuer = "graphgateway";

    /// <summary>By which it is signed.</summary>
    public const string Algorithm = "ES256";

    private const string Kind = "client_kind";
    private const string ClientIssuer = "client_iss";
    private const string Consumer = "client_id";
    private const string Plan = "plan";
    private const string Scope = "scope";

    /// <summary>The claims that the gateway itself decides; what an issuer says by such a name is not taken over.</summary>
    public static FrozenSet<string> OwnClaims { get; } = FrozenSet.Create(
        StringComparer.Ordinal, "iss", "aud", "sub", Kind, ClientIssuer, Consumer, Plan, Scope, "iat", "nbf", "exp", "jti");

    /// <summary>Makes a token.</summary>
    /// <param name="key">Signs it.</param>
    /// <param name="issuer">The gateway's name (<c>iss</c>).</param>
    /// <param name="audience">The source's (<c>aud</c>).</param>
    /// <param name="client">Who asks.</param>
    /// <param name="claims">Further claims of the client that go along, by their names; none of <see cref="OwnClaims"/>.</param>
    /// <param name="from">From when it is valid; the second in which it is made.</param>
    /// <param name="until">When it expires.</param>
    public static string Write(
        EllipticKey key, string issuer, string audience, ClientIdentity client, ImmutableArray<string> claims, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(client);
        var payload = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("iss", issuer);
            json.WriteString("aud", audience);
            WriteText(json, "sub", client.Subject);
            json.WriteString(Kind, NameOf(client.Kind));
            WriteText(json, ClientIssuer, client.Issuer);
            WriteText(json, Consumer, client.Consumer);
            WriteText(json, Plan, client.Plan);
            WriteText(json, Scope, client.Scopes.Count == 0 ? null : string.Join(' ', client.Scopes.Order(StringComparer.Ordinal)));
            json.WriteNumber("iat", from.ToUnixTimeSeconds());
            json.WriteNumber("nbf", from.ToUnixTimeSeconds());
            json.WriteNumber("exp", until.ToUnixTimeSeconds());
            foreach (var name in claims)
            {
                WriteClaims(json, name, [.. client.Claims.FindAll(name)]);
            }

            json.WriteEndObject();
        }

        // "JWT", since some of those who check tokens take no other type. These keys sign nothing else.
        var signed = $"{Encode($$"""{"alg":"{{Algorithm}}","typ":"JWT","kid":"{{key.Id}}"}""")}.{Base64Url.EncodeToString(payload.WrittenSpan)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Who asks, as a token says it that was found valid.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="expires">When it expires.</param>
    public static ClientIdentity Read(ClaimsIdentity claims, DateTimeOffset expires)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return new ClientIdentity
        {
            Kind = KindOf(claims.FindFirst(Kind)?.Value),
            Subject = claims.FindFirst("sub")?.Value,
            Issuer = claims.FindFirst(ClientIssuer)?.Value,
            Consumer = claims.FindFirst(Consumer)?.Value,
            Plan = claims.FindFirst(Plan)?.Value,
            Scopes = (claims.FindFirst(Scope)?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal),
            Claims = new ClaimsPrincipal(claims),
            Expires = expires,
        };
    }

    /// <summary>How a kind of client is called: <c>anonymous</c>, <c>token</c> or <c>apikey</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string NameOf(ClientKind kind) => kind switch
    {
        ClientKind.Token => "token",
        ClientKind.ApiKey => "apikey",
        _ => "anonymous",
    };

    // What is not known here is not trusted with anything.
    private static ClientKind KindOf(string? name) => name switch
    {
        "token" => ClientKind.Token,
        "apikey" => ClientKind.ApiKey,
        _ => ClientKind.Anonymous,
    };

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    // A list has been made several claims of one name.
    private static void WriteClaims(Utf8JsonWriter json, string name, Claim[] claims)
    {
        if (claims.Length == 0)
        {
            return;
        }

        json.WritePropertyName(name);
        if (claims.Length == 1)
        {
            WriteValue(json, claims[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var claim in claims)
        {
            WriteValue(json, claim);
        }

        json.WriteEndArray();
    }

    // As it was in the issuer's token.
    private static void WriteValue(Utf8JsonWriter json, Claim claim)
    {
        switch (claim.ValueType)
        {
            case ClaimValueTypes.Boolean when bool.TryParse(claim.Value, out var isTrue):
                json.WriteBooleanValue(isTrue);
                break;
            case ClaimValueTypes.Integer or ClaimValueTypes.Integer32 or ClaimValueTypes.Integer64
                when long.TryParse(claim.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                break;
            case ClaimValueTypes.Double or JsonClaimValueTypes.Json or JsonClaimValueTypes.JsonArray:
                json.WriteRawValue(claim.Value);
                break;
            default:
                json.WriteStringValue(claim.Value);
                break;
        }
    }
}
