using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Registers what finds out who asks.</summary>
internal static class AuthenticationServices
{
    // An unknown key is looked for so often at most; and as long as there are no keys at all, they are.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);

    public static void AddAdmission(this IServiceCollection services, AccessOptions access, AuthenticationOptions options)
    {
        if (access.IsOn || options.IsOn)
        {
            services.AddSingleton(provider => new Admission(
                access.IsOn ? new AccessRule(access) : null,
                options.IsOn ? new HttpCredentials(options) : null,
                provider.GetService<Authenticator>(),
                provider.GetRequiredService<RequestSettlement>(),
                provider.GetRequiredService<GatewayTelemetry>()));
        }

        if (options.IsOn)
        {
            services.AddAuthenticator(options);
        }
    }

    private static void AddAuthenticator(this IServiceCollection services, AuthenticationOptions options)
    {
        services.AddSingleton(provider => MakeIssuers(provider, options.Jwt));
        services.AddHostedService<KeyPrefetch>();
        services.AddSingleton(provider => new TokenMemory(options.Jwt.RememberedBytes, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
            new TokenValidator(
                provider.GetRequiredService<TokenIssuers>().All, options.Jwt.TokenBytes, options.Jwt.ClockSkew, provider.GetRequiredService<TimeProvider>()));
        if (options.ApiKeys is { } keys)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ApiKeySource>(provider, ApiKeyStore.At(keys.Store, readOnly: true)));
            services.AddSingleton(provider => new ApiKeyChecker(
                new Refreshed<ApiKeyRing>(provider.GetRequiredService<ApiKeySource>().ReadAsync, ApiKeySource.Times, provider.GetRequiredService<TimeProvider>()),
                [.. keys.Pepper],
                provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton(provider => new Authenticator(
            options,
            provider.GetRequiredService<TokenValidator>(),
            provider.GetRequiredService<TokenMemory>(),
            provider.GetService<ApiKeyChecker>()));
    }

    private static TokenIssuers MakeIssuers(IServiceProvider provider, JwtOptions options)
    {
        var clock = provider.GetRequiredService<TimeProvider>();
        var logger = provider.GetRequiredService<ILogger<IssuerKeys>>();
        var fetches = provider.GetRequiredService<GatewayTelemetry>().Meter.CreateCounter<long>(
            "graphgateway.authentication.key_fetches", "{fetch}", "Attempts to fetch the keys of an issuer, by issuer and result: ok or failed.");
        var http = new KeyClient(options.KeyTimeout);
        var times = new RefreshTimes(options.KeyRefresh, Retry, FirstRetry);
        return new TokenIssuers(
            [
                .. options.Issuers.Select(issuer => new TokenIssuer(
                    issuer, new Refreshed<KeySet>(new IssuerKeys(issuer, options.KeyTimeout, http, fetches, clock, logger).ReadAsync, times, clock))),
            ],
            http);
    }
}

/// <summary>All issuers.</summary>
/// <param name="All">Them.</param>
/// <param name="Http">By which their keys are fetched.</param>
internal sealed record TokenIssuers(ImmutableArray<TokenIssuer> All, KeyClient Http) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();
}

/// <summary>
/// Fetches the issuers' keys when the gateway starts, so that the first client does not wait for it. The start does not: an issuer that is down, or that does
/// not answer, is none of other clients' business.
/// </summary>
internal sealed class KeyPrefetch(TokenIssuers issuers) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var issuer in issuers.All)
        {
            _ = issuer.Keys.GetAsync(CancellationToken.None).AsTask();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
