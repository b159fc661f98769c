using System.Collections.Immutable;
using GraphGateway.Http;
using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// How the service knows that the gateway asks, and for whom: the section <c>GatewayIdentity</c> of its configuration, read and checked. By default nobody else
/// is answered, and a service that does not know the gateway's keys does not start.
/// </summary>
public sealed record GatewayIdentitySettings
{
    private const string Section = "GatewayIdentity";
    private const string KeyFilesKey = "KeyFiles";
    private const string JwksUrlKey = "JwksUrl";
    private const string AllowHttpKey = "AllowHttp";
    private const string IssuerKey = "Issuer";
    private const string AudienceKey = "Audience";

    private static readonly string[] KnownKeys =
        [nameof(Required), JwksUrlKey, KeyFilesKey, IssuerKey, AudienceKey, nameof(Header), AllowHttpKey, nameof(Schema), nameof(UserIssuer)];

    /// <summary>Whether who does not come through the gateway is refused. Off is for development: then everybody may ask, as anonymous.</summary>
    public bool Required { get; init; } = true;

    /// <summary>The gateway as the issuer of its tokens, with its keys and this service as their audience; null takes no tokens.</summary>
    public JwtIssuerOptions? Gateway { get; init; }

    /// <summary>The header of the token; in <c>Authorization</c> it stands behind <c>Bearer</c>.</summary>
    public string Header { get; init; } = IdentityToken.DefaultHeader;

    /// <summary>Whether the SDL is for everybody (<c>Open</c>), so that graphs can be composed from services, or for the gateway alone (<c>Closed</c>).</summary>
    public GatewayIdentitySchema Schema { get; init; } = GatewayIdentitySchema.Open;

    /// <summary>
    /// Whose tokens speak of the service's own users (<see cref="ClientIdentity.Issuer"/>): of several issuers the same name can be two people. By default the
    /// tool <c>dotnet user-jwts</c>, whose tokens a gateway takes in development alone.
    /// </summary>
    public string UserIssuer { get; init; } = "dotnet-user-jwts";

    /// <summary>Reads the section <c>GatewayIdentity</c>.</summary>
    /// <param name="configuration">The service's whole configuration.</param>
    /// <param name="service">The service's name in the graph: the audience of tokens where no setting says otherwise.</param>
    /// <exception cref="SettingsException">A key is unknown, a value is not usable, or nothing says by which keys the gateway signs.</exception>
    public static GatewayIdentitySettings Read(IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        foreach (var child in section.GetChildren().Where(child => !KnownKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new SettingsException($"The setting {Section}:{child.Key} is unknown. Known are {string.Join(", ", KnownKeys.Select(key => $"{Section}:{key}"))}.");
        }

        var settings = new GatewayIdentitySettings
        {
            Required = IsOn(section, nameof(Required), otherwise: true),
            Gateway = ReadGateway(section, service),
            Header = TextOf(section, nameof(Header)) ?? IdentityToken.DefaultHeader,
            Schema = ReadSchema(section),
            UserIssuer = TextOf(section, nameof(UserIssuer)) ?? new GatewayIdentitySettings().UserIssuer,
        };
        return settings is { Required: true, Gateway: null }
            ? throw new SettingsException(
                $"it answers the gateway alone, and nothing says by which keys the gateway signs. Set {Section}:{JwksUrlKey} to the gateway's /.well-known/jwks.json, or "
                + $"{Section}:{KeyFilesKey} to files with its public keys. {Section}:{nameof(Required)}=Off answers everybody, for development.")
            : settings;
    }

    private static JwtIssuerOptions? ReadGateway(IConfigurationSection section, string service)
    {
        var url = ReadUrl(section);
        var keys = ReadKeys(section);
        if (url is not null && !keys.IsEmpty)
        {
            throw new SettingsException($"{Section}:{JwksUrlKey} and {Section}:{KeyFilesKey} are both there. One of them says by which keys the gateway signs.");
        }

        return url is null && keys.IsEmpty
            ? null
            : new JwtIssuerOptions
            {
                Issuer = TextOf(section, IssuerKey) ?? IdentityToken.DefaultIssuer,
                Audiences = [TextOf(section, AudienceKey) ?? service],
                Algorithms = [IdentityToken.Algorithm],
                JwksUrl = url,
                AllowHttp = IsOn(section, AllowHttpKey, otherwise: false),
                KnownKeys = keys,
            };
    }

    private static Uri? ReadUrl(IConfigurationSection section)
    {
        if (TextOf(section, JwksUrlKey) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new SettingsException($"{Section}:{JwksUrlKey} is '{text}'. Give an address such as https://graph.example.com/.well-known/jwks.json.");
        }

        return JwtIssuerOptions.IsTrusted(url, IsOn(section, AllowHttpKey, otherwise: false))
            ? url
            : throw new SettingsException(
                $"{Section}:{JwksUrlKey} would bring keys over HTTP from another machine: whoever is in between could change them. Use https, or set {Section}:{AllowHttpKey}=On.");
    }

    private static ImmutableArray<SecurityKey> ReadKeys(IConfigurationSection section)
    {
        var list = section.GetSection(KeyFilesKey);
        var text = (list.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. list.GetChildren().Select(child => child.Value ?? "").Concat(text).Select(ReadKey)];
    }

    private static SecurityKey ReadKey(string file)
    {
        try
        {
            return EllipticKey.FromPem(File.ReadAllText(file)).Public;
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException($"{Section}:{KeyFilesKey}: {file} {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException($"{Section}:{KeyFilesKey}: {file} cannot be read: {e.Message}", e);
        }
    }

    private static GatewayIdentitySchema ReadSchema(IConfigurationSection section) =>
        TextOf(section, nameof(Schema)) is not { } text ? GatewayIdentitySchema.Open
        : Enum.GetNames<GatewayIdentitySchema>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<GatewayIdentitySchema>(text, ignoreCase: true)
        : throw new SettingsException($"{Section}:{nameof(Schema)} is '{text}'. Give Open or Closed.");

    private static bool IsOn(IConfigurationSection section, string key, bool otherwise) => TextOf(section, key)?.ToUpperInvariant() switch
    {
        null => otherwise,
        "ON" or "TRUE" => true,
        "OFF" or "FALSE" => false,
        _ => throw new SettingsException($"{Section}:{key} is '{TextOf(section, key)}'. Give On or Off."),
    };

    private static string? TextOf(IConfigurationSection section, string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();
}

/// <summary>For whom a service's SDL is.</summary>
public enum GatewayIdentitySchema
{
    /// <summary>For everybody: it has no data, and who composes a graph reads it.</summary>
    Open,

    /// <summary>For the gateway alone.</summary>
    Closed,
}
