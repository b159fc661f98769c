using System.Collections.Immutable;
using GraphGateway.Http;
using Microsoft.AspNetCore.Authorization;

namespace GraphGateway.Gateway;

/// <summary>
/// Asks ASP.NET Core's authorization whether a policy lets a client in (<see href="https://learn.microsoft.com/aspnet/core/security/authorization/policies">
/// policies</see>): teams write and register them in C#. The resource is the request's <see cref="HttpContext"/>. A policy that is not registered, that
/// throws, or that takes longer than the request may lets nobody in.
/// </summary>
internal sealed class AccessPolicies(TimeProvider clock, ILogger<AccessPolicies> logger)
{
    private readonly LogPauses pauses = new(1, clock);

    /// <summary>Those out of some policies that let the client in. Each is asked once.</summary>
    /// <param name="names">The policies.</param>
    /// <param name="context">The client's request, after it was admitted.</param>
    /// <param name="deadline">Ends the waiting.</param>
    public async Task<IReadOnlySet<string>> GrantedAsync(ImmutableArray<string> names, HttpContext context, CancellationToken deadline)
    {
        var granted = new HashSet<string>(StringComparer.Ordinal);
        var service = context.RequestServices.GetRequiredService<IAuthorizationService>();
        var user = ClientIdentity.Of(context).Claims;
        foreach (var name in names)
        {
            try
            {
                if ((await service.AuthorizeAsync(user, context, name).WaitAsync(deadline)).Succeeded)
                {
                    granted.Add(name);
                }
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                Tell(name, exception);
            }
        }

        return granted;
    }

    private void Tell(string name, Exception exception)
    {
        if (pauses.MayLog(0, out var leftOut))
        {
            logger.LogError(exception, "The policy {Policy} could not be asked and lets nobody in ({LeftOut} more like it since the last line)", name, leftOut);
        }
    }
}
