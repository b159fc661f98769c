using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace GraphGateway.Gateway;

/// <summary>
/// Pages of which other sites may ask from a browser (<c>Gateway:Cors</c>): the
/// <see href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS protocol</see>. Where nothing is set, of none: browsers then keep answers from them.
/// </summary>
public sealed record CorsOptions
{
    /// <summary>
    /// The origins as browsers write them, such as <c>https://shop.example</c>; <c>https://*.shop.example</c> is all below that one, <c>*</c> every page. None
    /// lets none.
    /// </summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    /// <summary>Whether their requests may have cookies and client certificates. Keys and tokens in headers need it not.</summary>
    public bool Credentials { get; init; }

    /// <summary>The headers that their requests may have; none lets all.</summary>
    public ImmutableArray<string> Headers { get; init; } = [];

    /// <summary>The headers of answers that their scripts can read, besides those that browsers show anyway.</summary>
    public ImmutableArray<string> ExposedHeaders { get; init; } = [RateLimitHeaders.Limit, RateLimitHeaders.Policy, "Retry-After", "WWW-Authenticate"];

    /// <summary>How long a browser may remember what it was told; browsers have bounds of their own.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether any other site may ask.</summary>
    internal bool IsOn => !Origins.IsEmpty;

    internal static CorsOptions Read(SettingsReader reader)
    {
        var defaults = new CorsOptions();
        var options = new CorsOptions
        {
            Origins = reader.Texts(nameof(Origins), defaults.Origins),
            Credentials = reader.OnOff(nameof(Credentials), defaults.Credentials),
            Headers = reader.Texts(nameof(Headers), defaults.Headers),
            ExposedHeaders = reader.Texts(nameof(ExposedHeaders), defaults.ExposedHeaders),
            MaxAge = reader.Duration(nameof(MaxAge), defaults.MaxAge, allowsZero: true),
        };
        foreach (var origin in options.Origins.Where(origin => origin != CorsConstants.AnyOrigin && !IsOrigin(origin)))
        {
            reader.Problem(
                nameof(Origins), $"'{origin}' is not an origin as browsers write it: scheme, host, and the port where it is not the scheme's own, such as https://shop.example.");
        }

        if (options.Origins.Contains(CorsConstants.AnyOrigin) && options.Origins.Length > 1)
        {
            reader.Problem(nameof(Origins), "has * and others. * is every page: leave the others out, or the *.");
        }

        if (options.Origins.Contains(CorsConstants.AnyOrigin) && options.Credentials)
        {
            reader.Problem(nameof(Credentials), "is On for every page there is: each could ask with its visitors' cookies. Name the origins.");
        }

        CheckNames(reader, nameof(Headers), options.Headers);
        CheckNames(reader, nameof(ExposedHeaders), options.ExposedHeaders);
        return options;
    }

    /// <summary>The same for ASP.NET Core.</summary>
    internal void Apply(CorsPolicyBuilder policy)
    {
        policy.WithOrigins([.. Origins]).WithMethods(HttpMethods.Get, HttpMethods.Post).WithExposedHeaders([.. ExposedHeaders]).SetPreflightMaxAge(MaxAge);
        _ = Headers.IsEmpty ? policy.AllowAnyHeader() : policy.WithHeaders([.. Headers]);
        if (Origins.Any(origin => origin.Contains("://*.", StringComparison.Ordinal)))
        {
            policy.SetIsOriginAllowedToAllowWildcardSubdomains();
        }

        if (Credentials)
        {
            policy.AllowCredentials();
        }
    }

    // Of what is written otherwise no browser's origin would ever be equal.
    private static bool IsOrigin(string text)
    {
        var plain = text.Replace("://*.", "://any.", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && plain == $"{uri.Scheme}://{uri.Authority}"
            && !plain.Contains('*', StringComparison.Ordinal);
    }

    private static void CheckNames(SettingsReader reader, string key, ImmutableArray<string> names)
    {
        foreach (var name in names.Where(name => !HeaderNames.IsName(name) || HeaderNames.IsPattern(name)))
        {
            reader.Problem(key, $"'{name}' is not the name of a header.");
        }
    }
}
