using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Gateway;

/// <summary>
/// The tokens that <c>dotnet user-jwts</c> makes for a developer. It writes their issuer and audiences, and the key that it shares with the program, to
/// ASP.NET Core's own section <c>Authentication:Schemes:Bearer</c>; JwtBearer reads that section here as in any program. It is taken in the environment
/// <c>Development</c> alone: whoever has such a key can make any token.
/// </summary>
internal static class DeveloperTokens
{
    private const string SectionName = "Authentication:Schemes:Bearer";

    public static ImmutableArray<JwtIssuerOptions> Read(IConfiguration configuration, SettingsReader reader)
    {
        var section = configuration.GetSection(SectionName);
        if (!section.Exists() || configuration[HostDefaults.EnvironmentKey]?.Equals(Environments.Development, StringComparison.OrdinalIgnoreCase) != true)
        {
            return [];
        }

        if (section["Authority"] is not null || section["MetadataAddress"] is not null)
        {
            reader.Problem(nameof(JwtOptions.Issuers), $"name issuers here: an address in {SectionName} is not read, only what `dotnet user-jwts` writes.");
            return [];
        }

        try
        {
            return IssuersOf(Bind(configuration).TokenValidationParameters);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            reader.Problem(nameof(JwtOptions.Issuers), $"cannot be taken from {SectionName}: it is not as `dotnet user-jwts` writes it. Run `dotnet user-jwts clear` and make a new token.");
            return [];
        }
    }

    // In services of its own: as a scheme of the application it would be asked before each request.
    private static JwtBearerOptions Bind(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging();
        services.AddAuthentication().AddJwtBearer();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
    }

    private static ImmutableArray<JwtIssuerOptions> IssuersOf(TokenValidationParameters parameters)
    {
        var names = (parameters.ValidIssuers ?? []).Append(parameters.ValidIssuer).OfType<string>().Distinct();
        ImmutableArray<SecurityKey> keys = [.. (parameters.IssuerSigningKeys ?? []).Append(parameters.IssuerSigningKey).OfType<SecurityKey>().Distinct()];
        ImmutableArray<string> audiences = [.. (parameters.ValidAudiences ?? []).Append(parameters.ValidAudience).OfType<string>().Distinct()];
        return keys.IsEmpty || audiences.IsEmpty
            ? []
            : [.. names.Select(name => new JwtIssuerOptions { Issuer = name, Audiences = audiences, Algorithms = ["HS256"], KnownKeys = keys })];
    }
}
