using System.Collections.Immutable;
using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Reads and checks <c>Gateway:Authentication</c>.</summary>
internal sealed class AuthenticationOptionsReader(IConfiguration configuration)
{
    public AuthenticationOptions Read(SettingsReader reader)
    {
        var options = new AuthenticationOptions
        {
            Anonymous = reader.Choice(nameof(AuthenticationOptions.Anonymous), AnonymousClients.Allow),
            Jwt = reader.Section(nameof(AuthenticationOptions.Jwt), ReadJwt),
            ApiKeys = reader.Section(nameof(AuthenticationOptions.ApiKeys), ReadApiKeys),
        };
        if (options is { Anonymous: AnonymousClients.Deny, Jwt.Issuers.IsEmpty: true, ApiKeys: null })
        {
            reader.Problem(
                nameof(AuthenticationOptions.Anonymous), "is Deny, and there is no other way to ask: name an issuer in Jwt:Issuers, or a store in ApiKeys:Store.");
        }

        return options;
    }

    private static ApiKeyOptions? ReadApiKeys(SettingsReader reader)
    {
        const string pepperFile = "PepperFile";
        var store = reader.Text(nameof(ApiKeyOptions.Store));
        var file = reader.Text(pepperFile);
        var pepper = reader.Text(nameof(ApiKeyOptions.Pepper));
        var header = reader.Text(nameof(ApiKeyOptions.Header)) ?? "X-API-Key";
        if (!HeaderNames.IsName(header) || HeaderNames.IsPattern(header))
        {
            reader.Problem(nameof(ApiKeyOptions.Header), $"'{header}' is not the name of a header.");
        }

        if (store is null)
        {
            if (file is not null || pepper is not null)
            {
                reader.Problem(nameof(ApiKeyOptions.Store), "is missing: where the keys are.");
            }

            return null;
        }

        if (!StorePlace.IsPlace(store))
        {
            reader.Problem(nameof(ApiKeyOptions.Store), "is neither the name of a file nor a connection string of PostgreSQL that can be read.");
        }

        if (file is null == pepper is null)
        {
            reader.Problem(pepperFile, $"or {nameof(ApiKeyOptions.Pepper)} has what keys are hashed with: one of them. `graphgateway keys pepper > FILE` makes one.");
            return null;
        }

        return new ApiKeyOptions
        {
            Store = store,
            Header = header,
            Pepper = file is null ? ReadPepper(reader, nameof(ApiKeyOptions.Pepper), pepper!) : ReadPepperFile(reader, pepperFile, file),
        };
    }

    internal static ImmutableArray<byte> ReadPepperFile(SettingsReader reader, string key, string file)
    {
        try
        {
            return ReadPepper(reader, key, File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reader.Problem(key, $"cannot be read: {exception.Message}");
            return [];
        }
    }

    private static ImmutableArray<byte> ReadPepper(SettingsReader reader, string key, string text)
    {
        ImmutableArray<byte> pepper = [.. Encoding.UTF8.GetBytes(text.Trim())];
        if (pepper.Length < ApiKeyText.MinPepperBytes)
        {
            reader.Problem(key, $"has fewer than {ApiKeyText.MinPepperBytes} bytes. `graphgateway keys pepper` makes one.");
        }

        return pepper;
    }

    private JwtOptions ReadJwt(SettingsReader reader)
    {
        var defaults = new JwtOptions();
        var options = new JwtOptions
        {
            Issuers = [.. reader.Items(nameof(JwtOptions.Issuers), NameOnly, ReadIssuer), .. DeveloperTokens.Read(configuration, reader)],
            Places = ReadPlaces(reader, defaults.Places),
            ClockSkew = reader.Duration(nameof(JwtOptions.ClockSkew), defaults.ClockSkew, allowsZero: true),
            TokenBytes = reader.Count(nameof(JwtOptions.TokenBytes), defaults.TokenBytes, max: 1_000_000),
            RememberedBytes = reader.Count(nameof(JwtOptions.RememberedBytes), defaults.RememberedBytes, min: 0),
            KeyRefresh = reader.Duration(nameof(JwtOptions.KeyRefresh), defaults.KeyRefresh),
            KeyTimeout = reader.Duration(nameof(JwtOptions.KeyTimeout), defaults.KeyTimeout),
        };
        foreach (var twice in options.Issuers.GroupBy(issuer => issuer.Issuer).Where(same => same.Count() > 1))
        {
            reader.Problem(nameof(JwtOptions.Issuers), $"'{twice.Key}' is there more than once.");
        }

        return options;

        JwtIssuerOptions NameOnly(string name)
        {
            reader.Problem(nameof(JwtOptions.Issuers), $"'{name}' is a name alone. An issuer has settings: Issuer and Audiences at least.");
            return new JwtIssuerOptions { Issuer = name };
        }
    }

    private static JwtIssuerOptions ReadIssuer(SettingsReader reader)
    {
        var defaults = new JwtIssuerOptions { Issuer = "" };
        var name = reader.Text(nameof(JwtIssuerOptions.Issuer));
        if (name is null)
        {
            reader.Problem(nameof(JwtIssuerOptions.Issuer), "is missing: what the issuer's tokens have as \"iss\".");
        }

        var options = new JwtIssuerOptions
        {
            Issuer = name ?? "",
            Audiences = ReadAudiences(reader),
            Algorithms = reader.Texts(nameof(JwtIssuerOptions.Algorithms), defaults.Algorithms),
            MetadataUrl = reader.Url(nameof(JwtIssuerOptions.MetadataUrl), null),
            JwksUrl = reader.Url(nameof(JwtIssuerOptions.JwksUrl), null),
            AllowHttp = reader.OnOff(nameof(JwtIssuerOptions.AllowHttp), defaults.AllowHttp),
            ScopeClaims = reader.Texts(nameof(JwtIssuerOptions.ScopeClaims), defaults.ScopeClaims),
            ConsumerClaims = reader.Texts(nameof(JwtIssuerOptions.ConsumerClaims), defaults.ConsumerClaims),
            PlanClaim = reader.Text(nameof(JwtIssuerOptions.PlanClaim)),
        };
        CheckAlgorithms(reader, options);
        return name is null ? options : WithKeys(reader, options);
    }

    private static ImmutableArray<string> ReadAudiences(SettingsReader reader)
    {
        const string anyAudience = "AnyAudience";
        var audiences = reader.Texts(nameof(JwtIssuerOptions.Audiences), []);
        var takesAny = reader.OnOff(anyAudience, otherwise: false);
        if (audiences.IsEmpty != takesAny)
        {
            reader.Problem(nameof(JwtIssuerOptions.Audiences), audiences.IsEmpty
                ? $"is missing: without it a token that was made for another API is taken. Name what tokens have as \"aud\", or set {anyAudience} to On."
                : $"has names, and {anyAudience} is On. Leave one of them out.");
        }

        return audiences;
    }

    private static void CheckAlgorithms(SettingsReader reader, JwtIssuerOptions options)
    {
        if (options.Algorithms.IsEmpty)
        {
            reader.Problem(nameof(JwtIssuerOptions.Algorithms), "is empty: no token could be valid.");
        }

        foreach (var unknown in options.Algorithms.Except(JwtIssuerOptions.Asymmetric))
        {
            reader.Problem(
                nameof(JwtIssuerOptions.Algorithms), $"'{unknown}' is not one of {string.Join(", ", JwtIssuerOptions.Asymmetric)}.");
        }
    }

    private static JwtIssuerOptions WithKeys(SettingsReader reader, JwtIssuerOptions options)
    {
        if (options is { MetadataUrl: not null, JwksUrl: not null })
        {
            reader.Problem(nameof(JwtIssuerOptions.JwksUrl), "is there, and so is MetadataUrl. One of them says where the keys are.");
        }

        if (options is { MetadataUrl: null, JwksUrl: null })
        {
            // OpenID Connect Discovery, section 4: below the issuer's own address.
            if (!Uri.TryCreate(options.Issuer.TrimEnd('/') + "/.well-known/openid-configuration", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                reader.Problem(nameof(JwtIssuerOptions.JwksUrl), $"is missing: the issuer's name '{options.Issuer}' is no address by which its keys could be found.");
                return options;
            }

            options = options with { MetadataUrl = url };
        }

        if (!JwtIssuerOptions.IsTrusted((options.MetadataUrl ?? options.JwksUrl)!, options.AllowHttp))
        {
            reader.Problem(nameof(JwtIssuerOptions.AllowHttp), "is Off, and the keys would come over HTTP from another machine: whoever is in between could change them. Use https.");
        }

        return options;
    }

    private static ImmutableArray<TokenPlace> ReadPlaces(SettingsReader reader, ImmutableArray<TokenPlace> defaults)
    {
        const string key = nameof(JwtOptions.Places);
        var places = reader.Items(key, name => new TokenPlace(name, null, IsCookie: false), ReadPlace);
        foreach (var place in places.Where(place => !HeaderNames.IsName(place.Name) || HeaderNames.IsPattern(place.Name)))
        {
            reader.Problem(key, $"'{place.Name}' is not the name of a header or a cookie.");
        }

        return places.IsEmpty ? defaults : places;
    }

    private static TokenPlace ReadPlace(SettingsReader reader)
    {
        const string headerKey = "Header";
        const string cookieKey = "Cookie";
        var header = reader.Text(headerKey);
        var cookie = reader.Text(cookieKey);
        if (header is null == cookie is null)
        {
            reader.Problem(headerKey, $"or {cookieKey} says where a token is: one of them.");
        }

        var prefix = reader.Text(nameof(TokenPlace.Prefix));
        if (cookie is not null && prefix is not null)
        {
            reader.Problem(nameof(TokenPlace.Prefix), "is for headers.");
        }

        return new TokenPlace(header ?? cookie ?? "Authorization", prefix, IsCookie: header is null && cookie is not null);
    }
}
