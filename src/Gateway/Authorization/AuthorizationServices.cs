using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>Registers what holds requests against the graph's requirements.</summary>
internal static class AuthorizationServices
{
    /// <param name="services">The application's services.</param>
    /// <param name="supergraph">The graph at the start.</param>
    /// <param name="isFollowed">True where others may take its place, which may require what this one does not.</param>
    public static void AddAccessControl(this IServiceCollection services, Supergraph supergraph, bool isFollowed)
    {
        services.AddSingleton<AccessPolicies>();
        if (isFollowed || AccessIndex.Of(supergraph).Requirements.Any(requirement => !requirement.Policies.IsEmpty))
        {
            services.AddAuthorization();
        }

        services.AddSingleton<AccessCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessCheck>());
    }
}
