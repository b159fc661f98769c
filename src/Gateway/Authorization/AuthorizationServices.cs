using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>Registers what holds requests against the graph's requirements.</summary>
internal static class AuthorizationServices
{
    public static void AddAccessControl(this IServiceCollection services, Supergraph supergraph)
    {
        var index = AccessIndex.Of(supergraph);
        services.AddSingleton(index);
        services.AddSingleton<AccessPolicies>();
        services.AddSingleton<AccessControl>();
        if (index.Requirements.Any(requirement => !requirement.Policies.IsEmpty))
        {
            services.AddAuthorization();
        }

        if (!index.IsEmpty)
        {
            services.AddHostedService<AccessCheck>();
        }
    }
}
