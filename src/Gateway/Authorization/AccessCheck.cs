using GraphGateway.Operations;
using Microsoft.AspNetCore.Authorization;

namespace GraphGateway.Gateway;

/// <summary>
/// Tells in the log, when the gateway starts and when another graph takes the place of the first, what of the graph nobody can see as things stand, and what to do
/// about it.
/// </summary>
internal sealed class AccessCheck(GatewayOptions options, IServiceProvider services, ILogger<AccessCheck> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => TellAsync(services.GetRequiredService<CurrentGraph>().Graph.Requirements);

    /// <summary>Tells it of a graph.</summary>
    /// <param name="index">What its members require.</param>
    public async Task TellAsync(AccessIndex index)
    {
        if (index.IsEmpty)
        {
            return;
        }

        if (!options.Authentication.IsOn)
        {
            logger.LogWarning(
                "The graph has members that not everybody may see (@authenticated, @requiresScopes, @policy), and no authentication is configured: "
                + "all clients are anonymous, and get none of them that asks for more. Set Gateway:Authentication:Jwt:Issuers or Gateway:Authentication:ApiKeys.");
        }

        if (options.Authorization.Mode == AuthorizationMode.DryRun)
        {
            logger.LogWarning("Authorization is a dry run (Gateway:Authorization:Mode): clients get what they may not see.");
        }

        var names = index.Requirements.SelectMany(requirement => requirement.Policies).SelectMany(together => together).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return;
        }

        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        var unknown = new List<string>();
        foreach (var name in names)
        {
            if (await policies.GetPolicyAsync(name) is null)
            {
                unknown.Add(name);
            }
        }

        if (unknown.Count > 0)
        {
            logger.LogError(
                "The graph names policies that nobody has registered, and what they protect nobody gets: {Policies}. Register each with services.AddAuthorization(...).",
                string.Join(", ", unknown.Order(StringComparer.Ordinal)));
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
